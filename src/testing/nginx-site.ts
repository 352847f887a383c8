import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Site, startSite } from './processes.ts';
import { freePort } from './free-port.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { newFolder, startNginx, type Stage } from './nginx-stage.ts';
import { ACCEL_PREFIX } from '../cli/deploy/vhost.ts';

export type Cast = Awaited<ReturnType<typeof startWedding>>;

/** For a test: the built site behind nginx as on a server, with a wedding, and one of another couple beside it. */
export async function startWedding(databases: string) {
	settings.DATABASE_URL = await ownDatabase(databases);
	// after DATABASE_URL is known: the connections are made when these are loaded
	const { makeWedding } = await import('./fixtures.ts');
	const { db, pool } = await import('../lib/kernel/db/db.server.ts');
	const links = await import('../lib/auth/links.server.ts');
	const [wedding, other] = [await makeWedding(), await makeWedding('Eva & Finn')];
	const host = `${wedding.mark}.example`;
	const listen = { http: await freePort(), https: await freePort() };
	await db.wedding.update({ where: { id: wedding.weddingId }, data: { host: `${host}:${listen.https}` } });

	const origin = `https://${host}:${listen.https}`;
	const folder = newFolder();
	const env = {
		ORIGIN: origin,
		LOCAL: '1',
		DATABASE_URL: settings.DATABASE_URL,
		DATA_DIR: join(folder, 'data'),
		UPLOADS_DIR: join(folder, 'uploads'),
		ADDRESS_HEADER: 'x-real-ip',
		X_ACCEL_PREFIX: ACCEL_PREFIX
	};
	const sites: Site[] = [await startSite(env)];
	const nginx = await startNginx(host, [port(sites[0]!)], { listen }, folder);

	return {
		...wedding,
		nginx,
		origin,
		/** one more copy of the site, and its port */
		async startCopy() {
			const copy = await startSite(env);
			sites.push(copy);
			return { port: port(copy), stop: copy.stop };
		},
		firstPort: port(sites[0]!),
		stopFirst: () => sites[0]!.stop(),
		/** the headers of somebody who has used a login link */
		signIn: async (holder: { accountId?: string; householdId?: string; guestId?: string }) =>
			enter(nginx, origin, (await links.make({ weddingId: wedding.weddingId, ...holder })).url),
		/** a session of a guest at the other wedding, as if it had been meant for this one */
		async signInElsewhere() {
			const { digest, makeSecret: secret } = await import('../lib/kernel/token.ts');
			const { after, HOUR } = await import('../lib/kernel/clock.ts');
			const own = secret();
			const { weddingId, householdId } = other.guest as { weddingId: string; householdId: string };
			const data = { weddingId, householdId, secretHash: digest(own), expiresAt: after(HOUR) };
			await db.session.create({ data });
			return headersOf(origin, `__Host-session=${own}`);
		},
		mail: () => firstMail(join(env.DATA_DIR, 'mail')),
		async stop() {
			await nginx.stop();
			for (const { stop } of sites) await stop();
			await db.$disconnect();
			await pool.end();
		}
	};
}

/** The jobs of what other tests left behind do not get in the way of ours. */
async function ownDatabase(databases: string): Promise<string> {
	const client = new pg.Client({ connectionString: databases.replace('/vowtape?', '/postgres?') });
	await client.connect();
	const name = `behind_nginx_${process.pid}_${Date.now()}`;
	await client.query(`CREATE DATABASE ${name} TEMPLATE vowtape`);
	await client.end();
	return databases.replace('/vowtape?', `/${name}?`);
}

const port = ({ url }: Site) => Number(new URL(url).port);

function headersOf(origin: string, cookie: string) {
	return { origin, cookie, accept: 'text/html' };
}

async function enter({ ask }: Stage, origin: string, url: string) {
	const headers = headersOf(origin, '');
	const { headers: answered } = await ask(new URL(url).pathname, { method: 'POST', headers });
	return headersOf(origin, answered['set-cookie']!.map((one) => one.split(';')[0]).join('; '));
}

/** Waits for it. */
async function firstMail(folder: string): Promise<string> {
	for (;;) {
		const names = await readdir(folder).catch(() => []);
		const found = names.find((name) => /^[^.].*\.txt$/.test(name));
		if (found) return readFile(join(folder, found), 'utf8');
		await sleep(20);
	}
}
