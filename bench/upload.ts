/*
 * How fast an upload is and how much memory it takes, next to a bare Node server that pipes the body to disk and
 * syncs it; seven rounds in turn. Both keep what they got: room that was just given back is quicker to write to.
 * Prints one JSON line per target.
 *
 *   node bench/upload.ts                                the part that receives, on its own
 *   node bench/upload.ts http://localhost:3000 <link or cookie of the couple> [process id, for the memory]
 */
import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as connect, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { median, ROUNDS, say } from './measure.ts';

type Target = { url: string; headers: Record<string, string>; pid?: number; stop?: () => void };

const MB = 1 << 20;
const TYPE = 'multipart/form-data; boundary=----bench';
const NOISE = randomBytes(16 * MB);
const HEAD = Buffer.from(
	[
		'------bench\r\nContent-Disposition: form-data; name="title"\r\n\r\nBench\r\n',
		'------bench\r\nContent-Disposition: form-data; name="file"; filename="bench.wav"\r\n',
		'Content-Type: audio/wav\r\n\r\n'
	].join('')
);
const TAIL = Buffer.from('\r\n------bench--\r\n');

/** The servers that the bench brings along; each runs in a process of its own. */
const SERVERS: Record<string, (dir: string) => RequestListener | Promise<RequestListener>> = {
	bare: (dir) => async (request, response) => {
		await pipeline(request, createWriteStream(join(dir, randomUUID()), { flush: true }));
		response.end();
	},
	receive: async (dir) => {
		const { receive } = await import('../src/lib/kernel/files/multipart.server.ts');
		const { getRequest } = await import('@sveltejs/kit/node');
		return async (request, response) => {
			await receive(getRequest({ request, base: 'http://localhost' }), {
				dir,
				limitBytes: 600 * MB
			});
			response.end();
		};
	}
};

if (process.argv[2] === 'serve') await serve(process.argv[3]!, process.argv[4]!);
else await bench(process.argv.slice(2));

async function bench([url, key, pid]: string[]) {
	const dir = await mkdtemp(join(tmpdir(), 'vowtape-bench-'));
	const bare = await start('bare', dir);
	const ours = url ? await app(url, key ?? '', Number(pid)) : await start('receive', dir);
	try {
		for (const target of [bare, ours]) await upload(target, 4 * MB);
		for (const [megabytes, most] of [
			[200, 60],
			[500, 150]
		] as const) {
			const [bareMb, oursMb] = [await growth(bare, megabytes), await growth(ours, megabytes)];
			say({
				bench: `upload of ${megabytes} MB, memory`,
				ours: oursMb,
				bare: bareMb,
				unit: 'MB',
				atMost: most
			});
		}
		const times = new Map<Target, number[]>([
			[bare, []],
			[ours, []]
		]);
		for (let round = 0; round < ROUNDS; round++) {
			// each goes first in turn, and starts when the other one has removed its file, or read it for its sum
			for (const target of round % 2 ? [ours, bare] : [bare, ours]) {
				times.get(target)!.push(await upload(target, 200 * MB));
				await setTimeout(1500);
			}
		}
		const [b, o] = [bare, ours].map((target) => median(times.get(target)!, (ms) => ms));
		say({ bench: 'upload of 200 MB', ours: o!, bare: b!, unit: 'ms', ratio: b! / o!, atLeast: 0.85 });
	} finally {
		for (const target of [bare, ours]) target.stop?.();
		await rm(dir, { recursive: true });
	}
}

/** Sends a WAV of noise, of `bytes` with its header, as a form would; gives back the milliseconds to the answer. */
function upload({ url, headers }: Target, bytes: number): Promise<number> {
	const body = function* () {
		yield HEAD;
		yield wavHeader(bytes);
		for (let left = bytes - 44; left > 0; left -= MB) {
			const at = left % (NOISE.length - MB);
			yield NOISE.subarray(at, at + Math.min(left, MB));
		}
		yield TAIL;
	};
	const { promise, resolve, reject } = Promise.withResolvers<number>();
	const length = HEAD.length + bytes + TAIL.length;
	const start = performance.now();
	const request = connect(url, {
		method: 'POST',
		agent: false,
		headers: { ...headers, 'content-length': length }
	});
	request.on('error', reject).on('response', (response) => {
		response.resume().on('end', () => {
			if (response.statusCode! < 300) resolve(performance.now() - start);
			else reject(new Error(`${url} answered ${response.statusCode}`));
		});
	});
	pipeline(body, request).catch(reject);
	return promise;
}

/** CD quality. */
function wavHeader(bytes: number): Buffer {
	const header = Buffer.from('RIFF....WAVEfmt \x10\0\0\0\x01\0\x02\0........\x04\0\x10\0data....', 'latin1');
	header.writeUInt32LE(bytes - 8, 4);
	header.writeUInt32LE(44100, 24);
	header.writeUInt32LE(176400, 28);
	header.writeUInt32LE(bytes - 44, 40);
	return header;
}

/** By how many megabytes the process grows at most, beyond what it had before; only Linux tells. */
async function growth(target: Target, megabytes: number): Promise<number | null> {
	if (!target.pid || process.platform !== 'linux') return upload(target, megabytes * MB).then(() => null);
	const memory = (line: string) =>
		Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${target.pid}/status`, 'utf8'))![1]);
	const before = memory('VmRSS');
	writeFileSync(`/proc/${target.pid}/clear_refs`, '5');
	await upload(target, megabytes * MB);
	return Math.round((memory('VmHWM') - before) / 1024);
}

async function start(name: string, dir: string): Promise<Target> {
	const child = fork(import.meta.filename, ['serve', name, dir]);
	const port = await new Promise((resolve) => child.once('message', resolve));
	return {
		url: `http://127.0.0.1:${port}/`,
		headers: { 'content-type': TYPE },
		pid: child.pid,
		stop: () => child.kill()
	};
}

async function serve(name: string, dir: string) {
	const server = createServer(await SERVERS[name]!(dir));
	server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
}

/** The running site; a login link is used up for a session. */
async function app(url: string, key: string, pid: number): Promise<Target> {
	const origin = new URL(url).origin;
	let cookie = key;
	if (key.startsWith('http')) {
		const answer = await fetch(key, { method: 'POST', headers: { origin }, redirect: 'manual' });
		cookie = answer.headers
			.getSetCookie()
			.map((set) => set.split(';')[0])
			.join('; ');
	}
	const headers = { 'content-type': TYPE, accept: 'application/json', origin, cookie };
	return { url: `${origin}/api/upload`, headers, pid };
}
