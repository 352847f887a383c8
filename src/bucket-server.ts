import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';

/** For tests: a server that speaks S3, with one empty bucket `vowtape` in its memory. */
export async function startBucketServer() {
	const app = buildApp({ logger: false });
	await app.ready();
	app.server.listen(0, '127.0.0.1');
	await once(app.server, 'listening');
	const { port } = app.server.address() as AddressInfo;
	const endpoint = `http://127.0.0.1:${port}`;
	const region = 'eu-west-1';
	const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
	const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
	await client.send(new CreateBucketCommand({ Bucket: 'vowtape' }));
	client.destroy();

	return {
		place: { url: 's3://vowtape/wedding', endpoint, region, credentials },
		/** Calls `seen` for each request from now on. */
		watch: (seen: (request: IncomingMessage) => void) => void app.server.on('request', seen),
		/** As when the service, or the way to it, is gone; `listen` brings it back with all it had. */
		async away() {
			app.server.closeAllConnections();
			await new Promise((closed) => app.server.close(closed));
		},
		async back() {
			app.server.listen(port, '127.0.0.1');
			await once(app.server, 'listening');
		},
		stop: () => app.close()
	};
}
