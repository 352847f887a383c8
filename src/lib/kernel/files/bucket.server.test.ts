import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startBucketServer } from '../../../testing/bucket-server.ts';
import { Bucket, type Place } from './bucket.server.ts';

const server = await startBucketServer();
afterAll(() => server.stop());

const kind = (name: string) => expect.objectContaining({ kind: name });
let bucket: Bucket;
beforeEach(() => void (bucket = at({ url: `s3://vowtape/${randomBytes(4).toString('hex')}` })));

function at(more: Partial<Place>) {
	return new Bucket({ ...server.place, ...more });
}

async function keys(prefix?: string): Promise<string[]> {
	return (await Array.fromAsync(bucket.list(prefix))).map(({ key }) => key);
}

test('what is put is there, under its prefix, with its length and time', async () => {
	await bucket.put('a/ü b+c', Buffer.from('sound'));
	expect(await buffer(await bucket.get('a/ü b+c'))).toEqual(Buffer.from('sound'));
	const head = await bucket.head('a/ü b+c');
	expect(head).toMatchObject({ key: 'a/ü b+c', bytes: 5 });
	expect(Math.abs(Date.now() - head!.modifiedAt.getTime())).toBeLessThan(60_000);
	expect(await at({ url: 's3://vowtape' }).head('a/ü b+c')).toBe(null);
});

test('a stream of unknown length arrives whole, in several parts', async () => {
	const content = randomBytes(19_000_001);
	const pieces = Array.from({ length: 20 }, (_, n) => content.subarray(n * 1e6, (n + 1) * 1e6));
	await bucket.put('large', Readable.from(pieces));
	expect((await buffer(await bucket.get('large'))).equals(content)).toBe(true);
});

test('a part is what was asked for and no more', async () => {
	await bucket.put('key', Buffer.from('0123456789'));
	expect(String(await buffer(await bucket.get('key', { first: 2, last: 4 })))).toBe('234');
	expect(String(await buffer(await bucket.get('key', { first: 9, last: 9 })))).toBe('9');
});

test('a stream that breaks leaves nothing', async () => {
	const requests: string[] = [];
	server.watch(({ method, url }) => requests.push(`${method} ${url}`));
	const broken = Readable.from(
		(async function* () {
			yield randomBytes(9_000_000);
			throw Object.assign(new Error('the disk is broken'), { code: 'EIO' });
		})()
	);
	await expect(bucket.put('half', broken)).rejects.toMatchObject({
		message: 'the disk is broken',
		code: 'EIO'
	});
	expect(await bucket.head('half')).toBe(null);
	expect(await keys()).toEqual([]);
	expect(requests.filter((request) => request.includes('uploadId')).at(-1)).toMatch(/^DELETE /);
});

test('more than a page of keys is listed, by name, and only those that begin so', async () => {
	const names = Array.from({ length: 1005 }, (_, n) => `a/${String(n).padStart(4, '0')}`);
	for (let n = 0; n < names.length; n += 100)
		await Promise.all(names.slice(n, n + 100).map((name) => bucket.put(name, Buffer.from(name))));
	await bucket.put('b', Buffer.from('b'));
	expect(await keys('a/')).toEqual(names);
	expect((await keys()).at(-1)).toBe('b');
});

test('what is removed or moved is gone from where it was', async () => {
	await bucket.put('one here', Buffer.from('sound'));
	await bucket.move('one here', '.lost/one here');
	expect(await keys()).toEqual(['.lost/one here']);
	await bucket.remove('.lost/one here');
	await bucket.remove('.lost/one here');
	expect(await keys()).toEqual([]);
});

test('what is missing is said to be', async () => {
	expect(await bucket.head('none')).toBe(null);
	await expect(bucket.get('none')).rejects.toEqual(kind('missing'));
	await expect(bucket.move('none', 'other')).rejects.toEqual(kind('missing'));
});

test('a wrong bucket is a wrong setting, and is named', async () => {
	const attempt = at({ url: 's3://other/wedding' }).put('a', Buffer.from('a'));
	await expect(attempt).rejects.toEqual(kind('refused'));
	await expect(attempt).rejects.toThrow(/^s3:\/\/other\/wedding\/a: /);
});

test('a service that is not there is away', async () => {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	await new Promise((closed) => probe.close(closed));
	await expect(at({ endpoint: `http://127.0.0.1:${port}` }).head('a')).rejects.toEqual(kind('away'));
});

test.each([
	[503, 'SlowDown', 'away'],
	[500, 'InternalError', 'away'],
	[507, 'XMinioStorageFull', 'full'],
	[403, 'QuotaExceeded', 'full'],
	[403, 'AccessDenied', 'refused']
])('%i %s means that it is %s', async (status, code, expected) => {
	const http = createServer((request, response) => {
		request.resume().on('end', () => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`));
	}).listen(0, '127.0.0.1');
	await once(http, 'listening');
	const { port } = http.address() as AddressInfo;
	const there = at({ endpoint: `http://127.0.0.1:${port}` });
	await expect(there.put('a', Buffer.from('a'))).rejects.toEqual(kind(expected));
	http.closeAllConnections();
	http.close();
});
