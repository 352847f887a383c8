/*
 * A recording's bytes as its listeners ask for them, next to a bare Node stream of the same file: all of it, and seeks
 * of 1 MB at sixteen connections; the same as nginx sends it, told by the site, next to nginx by itself; and how much
 * of a core fifty listeners take, at 128 kbit a second. In turn, few rounds: only the ratios of one run count. Prints
 * one JSON line per target.
 *
 *   node bench/listen.ts [rounds]
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { missing, newFolder } from '../src/testing/nginx-stage.ts';
import { connect, spent, start, startDatabase, startSite } from '../src/testing/processes.ts';
import { startBehindNginx } from './behind-nginx.ts';
import { inTurn, median, say } from './measure.ts';
import { pull } from './pull.ts';
import { fill, signIn } from './wedding.ts';

const MB = 2 ** 20;
const SIZE = 64 * MB;
const SECRETS = Array.from({ length: 50 }, (_, n) => `listener ${n}`);
const SECONDS = 15;
const BYTES_A_SECOND = 16_000;

const rounds = Number(process.argv[2] ?? 5);
const folder = newFolder();
const uploads = join(folder, 'uploads');
const database = await startDatabase(async (client) => {
	await fill(client);
	await signIn(client, SECRETS);
});
const client = await connect(database.url);
const { rows } = await client.query<{ id: string }>(
	'UPDATE recording SET playback_bytes = $1 WHERE position = 1 RETURNING id',
	[SIZE]
);
await client.end();
const { id } = rows[0]!;
const file = join(uploads, id, 'playback.m4a');
mkdirSync(join(uploads, id), { recursive: true });
writeFileSync(file, Buffer.alloc(SIZE, 7));
copyFileSync('src/testing/sounds/toast-cbr.mp3', join(uploads, id, 'original.mp3'));
const site = await startSite({ DATABASE_URL: database.url, UPLOADS_DIR: uploads });
const bare = await start([join(import.meta.dirname, 'bare-file.ts'), file], '/');
const nginx = missing ? undefined : await startBehindNginx(folder, database.url);

const cookie = `session=${SECRETS[0]}`;
const whole = { connections: 4, cookie, ranges: [''], amount: 16 };
const ranges = Array.from({ length: 61 }, (_, n) => `${n * MB + 7}-${(n + 1) * MB + 6}`);
const seeks = { connections: 16, cookie, ranges, amount: 600 };
const at = (url: string) => `${url}/recordings/${id}/audio`;
const stream = { ours: at(site.url), bare: at(bare.url), beside: 'a bare Node stream' };
const sent = nginx && {
	ours: at(nginx.url),
	bare: `${nginx.bareUrl}/${id}/playback.m4a`,
	beside: 'nginx by itself'
};

/** Takes it as it plays, a second's worth at a time. */
function listen(secret: string, from: number): () => void {
	const { host, hostname, port } = new URL(site.url);
	const socket = dial({ host: hostname, port: Number(port) });
	const ask = (first: number) =>
		socket.write(
			`GET /recordings/${id}/audio HTTP/1.1\r\nhost: ${host}\r\ncookie: session=${secret}\r\nrange: bytes=${first}-${first + BYTES_A_SECOND - 1}\r\n\r\n`
		);
	let place = from;
	socket.resume().on('error', () => {});
	const timer = setInterval(() => ask((place += BYTES_A_SECOND) % (SIZE - BYTES_A_SECOND)), 1000);
	return () => (clearInterval(timer), socket.destroy());
}

try {
	await pull({ url: at(site.url), ...seeks });
	for (const [name, { ours, bare, beside }, wanted, atLeast] of [
		['all of a recording', stream, whole, 1.1],
		['seeks of 1 MB, 16 connections', stream, seeks, 0.8],
		...(sent
			? ([
					['all of a recording, sent by nginx', sent, { ...whole, cookie: `__Host-${cookie}` }, 0.9]
				] as const)
			: [])
	] as const) {
		const found = await inTurn(
			{
				ours: () => pull({ url: ours, ...wanted }),
				bare: () => pull({ url: bare, ...wanted })
			},
			rounds
		);
		const [speed, bareSpeed] = [median(found.ours, Number), median(found.bare, Number)];
		say({
			bench: name,
			ours: speed,
			bare: bareSpeed,
			unit: 'MB/s',
			beside,
			ratio: speed / bareSpeed,
			atLeast
		});
	}
	const ends = SECRETS.map((secret, n) => listen(secret, n * MB));
	await sleep(2000);
	const before = spent(site.pid);
	await sleep(SECONDS * 1000);
	const part = ((spent(site.pid) - before) / SECONDS) * 100;
	ends.forEach((end) => end());
	say({
		bench: 'fifty listeners, one request a second each',
		ours: part,
		bare: null,
		unit: '% of a core',
		atMost: 20
	});
} finally {
	await nginx?.stop();
	await site.stop();
	await bare.stop();
	await database.stop();
	rmSync(folder, { recursive: true, force: true });
}
