import './assume-local.ts';
import { createServer } from 'vite';
import { settings } from '../lib/kernel/settings.server.ts';
import { settle } from '../server.ts';
import { client } from './generate.ts';
import { run } from './local.ts';

/** `npm run dev`: the same as `npm start`, from the sources and with hot reload. */
export async function main() {
	await run({
		build: client,
		serve: async () => {
			const server = { host: settings.HOST, port: settings.PORT, strictPort: true };
			const vite = await createServer({ server });
			await vite.listen();
			return () => vite.close().then(() => settle('stop'));
		}
	});
}
