import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Bucket, BucketFault, bucketAt } from './bucket.server.ts';
import { log } from '../log/log.server.ts';
import { Problem } from '../problem.ts';
import { settings } from '../settings.server.ts';
import { ASIDE, ASIDE_MS, folderName, FRESH_MS, isId, type Stored, type Sums } from './stored.ts';

/* Files in the bucket of UPLOADS_TO, as `<id>/original.<extension>` and what was made of it beside that. */

/**
 * What is fetched at once for a listener. One who pauses for an hour holds no connection to the bucket meanwhile,
 * and one who leaves has cost this much too much at most.
 */
const BLOCK_BYTES = 1 << 20;

export async function keep(path: string, id: string, name: string): Promise<void> {
	const file = createReadStream(path, { highWaterMark: BLOCK_BYTES });
	await ask((bucket) => bucket.put(key(id, name), file)).finally(() => file.destroy());
	await rm(path, { force: true });
}

export async function find(id: string, name: string): Promise<Stored> {
	const place = key(id, name);
	const found = await ask((bucket) => bucket.head(place));
	if (!found) throw new Problem(404, 'not_found');
	const { bytes, modifiedAt } = found;
	return { bytes, modifiedAt, read: (first, last) => read(place, first, last) };
}

export async function remove(id: string): Promise<void> {
	const folder = `${folderName(id)}/`;
	await ask(async (bucket) => {
		for (const place of [folder, ASIDE + folder])
			for await (const { key } of bucket.list(place)) await bucket.remove(key);
	});
}

export function ids(): Promise<string[]> {
	return ask(async (bucket) => {
		const found = await Array.fromAsync(bucket.list(), ({ key }) => key.split('/')[0]!);
		return [...new Set(found.filter(isId))];
	});
}

export async function sums(id: string, name: string): Promise<Sums> {
	const stream = await ask((bucket) => bucket.get(key(id, name)));
	const sha256 = createHash('sha256');
	let crc = 0;
	for await (const block of stream) {
		sha256.update(block);
		crc = crc32(block, crc);
	}
	return { sha256: sha256.digest('hex'), crc32: crc };
}

export function sweep(ids: ReadonlySet<string>): Promise<number> {
	return ask(async (bucket) => {
		let swept = 0;
		for await (const { key, modifiedAt } of bucket.list()) {
			const isAside = key.startsWith(ASIDE);
			const home = isAside ? key.slice(ASIDE.length) : key;
			const [id = ''] = home.split('/');
			if (!isId(id)) continue;
			if (ids.has(id)) {
				if (isAside) await move(bucket, key, home);
				continue;
			}
			const age = Date.now() - modifiedAt.getTime();
			if (age < (isAside ? ASIDE_MS : FRESH_MS)) continue;
			await (isAside ? bucket.remove(key) : move(bucket, key, ASIDE + key));
			swept++;
		}
		return swept;
	});
}

/** Fine when another process, which sweeps at the same time, was quicker. */
async function move(bucket: Bucket, from: string, to: string): Promise<void> {
	await bucket.move(from, to).catch((error) => {
		if (error.kind !== 'missing') throw error;
	});
}

async function* read(name: string, first: number, last: number): AsyncGenerator<Uint8Array> {
	for (let at = first; at <= last;) {
		const range = { first: at, last: Math.min(at + BLOCK_BYTES - 1, last) };
		const block = await ask(async (bucket) => buffer(await bucket.get(name, range)));
		if (block.length === 0) throw new Error('the file is shorter than it was');
		at += block.length;
		yield block;
	}
}

function key(id: string, name: string): string {
	return `${folderName(id)}/${name}`;
}

/** Whether the bucket lets us look into it; never throws. */
export function isReachable(): Promise<boolean> {
	return current()
		.head('is anybody there')
		.then(
			() => true,
			() => false
		);
}

let opened: { url: string; bucket: Bucket } | undefined;

function current(): Bucket {
	const url = settings.UPLOADS_TO!;
	if (opened?.url !== url) opened = { url, bucket: bucketAt(url) };
	return opened.bucket;
}

/** For the visitor it is away, whatever the reason; what the maintainer has to mend is in the log. */
async function ask<Answer>(question: (bucket: Bucket) => Promise<Answer>): Promise<Answer> {
	try {
		return await question(current());
	} catch (error) {
		if (!(error instanceof BucketFault)) throw error;
		if (error.kind === 'missing') throw new Problem(404, 'not_found');
		log.error({ kind: error.kind, error: error.message }, 'bucket');
		if (error.kind === 'full') throw new Problem(507, 'disk_full');
		throw new Problem(503, 'storage_away', {}, { 'retry-after': '30' });
	}
}
