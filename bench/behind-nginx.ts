import { join } from 'node:path';
import { ACCEL_PREFIX } from '../src/cli/deploy/vhost.ts';
import { freePort } from '../src/testing/free-port.ts';
import { startNginx } from '../src/testing/nginx-stage.ts';
import { startSite } from '../src/testing/processes.ts';

/**
 * The site behind nginx as on a server, and beside it what nginx sends by itself of the same uploads, without asking
 * the site: both over https. `folder` is one of `newFolder`, with `uploads` in it.
 */
export async function startBehindNginx(folder: string, database: string) {
	const host = 'bench.example';
	const listen = { http: await freePort(), https: await freePort() };
	const bare = await freePort();
	const site = await startSite({
		ORIGIN: `https://${host}:${listen.https}`,
		LOCAL: '1',
		DATABASE_URL: database,
		DATA_DIR: join(folder, 'data'),
		UPLOADS_DIR: join(folder, 'uploads'),
		ADDRESS_HEADER: 'x-real-ip',
		X_ACCEL_PREFIX: ACCEL_PREFIX
	});
	const beside = `server {
		listen 127.0.0.1:${bare} ssl;
		ssl_certificate ${folder}/cert.pem;
		ssl_certificate_key ${folder}/key.pem;
		access_log ${folder}/logs/bare.log;
		root ${folder}/uploads;
	}`;
	const nginx = await startNginx(host, [Number(new URL(site.url).port)], { listen, beside }, folder);
	return {
		url: `https://127.0.0.1:${listen.https}`,
		bareUrl: `https://127.0.0.1:${bare}`,
		async stop() {
			await nginx.stop();
			await site.stop();
		}
	};
}
