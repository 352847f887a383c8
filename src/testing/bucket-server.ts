import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';

export type BucketServer = Awaited<ReturnType<typeof startBucketServer>>;

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

	const url = 's3://vowtape/wedding';
	return {
		place: { url, endpoint, region, credentials },
		settings: {
			UPLOADS_TO: url,
			S3_ENDPOINT: endpoint,
			S3_REGION: region,
			S3_ACCESS_KEY_ID: credentials.accessKeyId,
			S3_SECRET_ACCESS_KEY: credentials.secretAccessKey
		},
		/** Calls `seen` for each request from now on. */
		watch: (seen: (request: IncomingMessage) => void) => void app.server.on('request', seen),
		/** As when the service, or the way to it, is gone. */
		async away() {
			app.server.closeAllConnections();
			await new Promise((closed) => app.server.close(closed));
		},
		/** With all it had. */
		async back() {
			app.server.listen(port, '127.0.0.1');
			await once(app.server, 'listening');
		},
		stop: () => app.close()
	};
}
