/*
 * How fast an upload in pieces of 8 MB is, to its last byte and the recording made of it, next to a bare Node server
 * that pipes one body to disk and syncs it; and by how much the process grows with four at once. Needs no site:
 *
 *   npm run build && node bench/resumable.ts
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeKilledSite } from '../src/testing/killed-site.ts';
import { wave } from '../src/testing/wave.ts';
import { median, say } from './measure.ts';

const MB = 1 << 20;
const PIECE = 8 * MB;
const ROUNDS = 5;
const content = wave(200 * MB);

const dir = await mkdtemp(join(tmpdir(), 'vowtape-bench-'));
const bare = createServer(async (request, response) => {
	await pipeline(request, createWriteStream(join(dir, randomUUID()), { flush: true }));
	response.end();
});
await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
const site = await makeKilledSite();
try {
	const times = { ours: [] as number[], bare: [] as number[] };
	for (let round = 0; round < ROUNDS; round++) {
		times.bare.push(await timed(() => fetch(bareUrl, { method: 'POST', body: content })));
		times.ours.push(await timed(() => upload(content)));
	}
	const [ours, other] = [median(times.ours, (ms) => ms)!, median(times.bare, (ms) => ms)!];
	say({
		bench: 'upload of 200 MB in pieces',
		ours,
		bare: other,
		unit: 'ms',
		ratio: other / ours,
		atLeast: 0.7
	});

	const before = memory('VmRSS');
	writeFileSync(`/proc/${site.pid()}/clear_refs`, '5');
	await Promise.all([1, 2, 3, 4].map(() => upload(content)));
	const grown = Math.round((memory('VmHWM') - before) / 1024);
	say({ bench: 'four uploads in pieces at once, memory', ours: grown, bare: null, unit: 'MB', atMost: 150 });
} finally {
	await site.stop();
	bare.close();
	await rm(dir, { recursive: true });
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await act();
	return performance.now() - began;
}

async function upload(bytes: Buffer<ArrayBuffer>): Promise<void> {
	const known = { 'tus-resumable': '1.0.0', origin: site.origin, cookie: `session=${site.cookie.value}` };
	const begun = await fetch(`${site.origin}/api/uploads`, {
		method: 'POST',
		headers: { ...known, 'upload-length': String(bytes.length) }
	});
	const address = site.origin + begun.headers.get('location');
	for (let at = 0; at < bytes.length; at += PIECE) {
		const answer = await fetch(address, {
			method: 'PATCH',
			headers: { ...known, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) },
			body: bytes.subarray(at, at + PIECE)
		});
		if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
	}
}

/** Of the site's process, in kB; only Linux tells. */
function memory(line: string): number {
	const status = readFileSync(`/proc/${site.pid()}/status`, 'utf8');
	return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)![1]);
}
