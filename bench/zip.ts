/*
 * How fast everything comes as one file, and how much memory that takes: 20 recordings of 250 MB, next to `cat` of the
 * same files into a connection. Then 20 GB once, and how soon the last megabyte of it begins. The files are sparse:
 * a disk that sets the pace would hide ours.
 *
 *   node bench/zip.ts [megabytes of each file]
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurn, median, say } from './measure.ts';
import { connect, memory, startDatabase, startSite } from '../src/testing/processes.ts';
import { fill, signInCouple } from './wedding.ts';

const MB = 1 << 20;
const SECRET = 'the-couple';
const size = Number(process.argv[2] ?? 250);

const database = await startDatabase(async (client) => {
	await fill(client);
	await signInCouple(client, SECRET);
});
const uploads = await mkdtemp(join(tmpdir(), 'vowtape-zip-'));
const client = await connect(database.url);
const { rows } = await client.query<{ id: string }>('SELECT id FROM recording ORDER BY position');
const paths = rows.map(({ id }) => join(uploads, id, 'original.mp3'));
for (const path of paths) {
	await mkdir(join(path, '..'));
	await writeFile(path, '');
}
const site = await startSite({ DATABASE_URL: database.url, UPLOADS_DIR: uploads, LOCAL: '1' });

/** Every file becomes so large; its sum is known, as the job would have counted it. */
async function grow(megabytes: number): Promise<void> {
	for (const path of paths) await truncate(path, megabytes * MB);
	await client.query('UPDATE recording SET bytes = $1, crc32 = 1', [megabytes * MB]);
}

/** Seconds until all of it is there, and until it begins. */
function take(url: string, headers: Record<string, string> = {}) {
	const { promise, resolve, reject } = Promise.withResolvers<{
		seconds: number;
		first: number;
		bytes: number;
	}>();
	const start = performance.now();
	const since = () => (performance.now() - start) / 1000;
	get(url, { agent: false, headers }, (answer) => {
		const first = since();
		let bytes = 0;
		answer.on('data', (piece: Buffer) => (bytes += piece.length));
		answer.on('end', () => resolve({ seconds: since(), first, bytes })).on('error', reject);
	}).on('error', reject);
	return promise;
}

/** `cat` into whoever connects, in words that pass for HTTP. */
const bare = createServer((socket) => {
	socket.once('data', () => {
		socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n');
		spawn('cat', paths).stdout.pipe(socket);
	});
}).listen(0, '127.0.0.1');

const all = `${site.url}/recordings/all.zip`;
const cookie = { cookie: `session=${SECRET}` };
try {
	await grow(size);
	await take(all, cookie);
	const { ours, cat } = await inTurn(
		{
			ours: () => take(all, cookie),
			cat: () => take(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`)
		},
		3
	);
	const [o, b] = [ours, cat].map((results) => median(results, ({ seconds, bytes }) => bytes / MB / seconds));
	say({ bench: `${size * 20} MB as ZIP`, ours: o!, bare: b!, unit: 'MB/s', ratio: o! / b!, atLeast: 0.6 });

	await grow(1024);
	const before = memory(site.pid);
	writeFileSync(`/proc/${site.pid}/clear_refs`, '5');
	const { seconds, first } = await take(all, cookie);
	const most = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${site.pid}/status`, 'utf8'))![1]) / 1024;
	say({ bench: '20 GB as ZIP, memory', ours: most - before, unit: 'MB', atMost: 100, seconds, first });
	const end = await take(all, { ...cookie, range: `bytes=-${MB}` });
	say({ bench: 'the last megabyte of it', ours: end.seconds * 1000, unit: 'ms' });
} finally {
	bare.close();
	await client.end();
	await site.stop();
	await database.stop();
	await rm(uploads, { recursive: true });
}
