import { mkdir, mkdtemp, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { send } from './send.server.ts';
import { settings } from './settings.server.ts';

const SIZE = 1_000_000;
const content = Buffer.from(Array.from({ length: SIZE }, (_, index) => index % 251));
const dir = await mkdtemp(join(tmpdir(), 'vowtape-send-'));
const path = join(dir, 'original.mp3');
await writeFile(path, content);
afterAll(() => rm(dir, { recursive: true }));

const details = { mimeType: 'audio/mpeg', etag: 'abc', name: 'Grüße.mp3', kind: 'inline' } as const;

function ask(headers: Record<string, string> = {}, method = 'GET') {
	return send(new Request('http://localhost/recordings/1/audio', { method, headers }), path, details);
}

/** How often this process has the file open. */
async function timesOpen(): Promise<number> {
	const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
	return (await Promise.all(links)).filter((link) => link === path).length;
}

describe('the whole file', () => {
	test('arrives with what a browser must know, and nothing it might run', async () => {
		const answer = await ask();
		expect(answer.status).toBe(200);
		expect(Object.fromEntries(answer.headers)).toEqual({
			'accept-ranges': 'bytes',
			'cache-control': 'private, no-cache',
			'content-disposition': 'inline; filename="Gr__e.mp3"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe.mp3',
			'content-length': String(SIZE),
			'content-security-policy': "sandbox; default-src 'none'",
			'content-type': 'audio/mpeg',
			'cross-origin-resource-policy': 'same-origin',
			'last-modified': (await stat(path)).mtime.toUTCString(),
			'x-content-type-options': 'nosniff',
			etag: '"abc"'
		});
		expect(content.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
	});

	test('HEAD says the same and sends nothing', async () => {
		const [get, head] = [await ask(), await ask({}, 'HEAD')];
		expect([...head.headers]).toEqual([...get.headers]);
		expect(head.body).toBe(null);
	});

	test('is not sent again to who has it', async () => {
		for (const has of ['"abc"', 'W/"abc"', '"old", "abc"', '*']) {
			const answer = await ask({ 'if-none-match': has });
			expect([answer.status, answer.body, answer.headers.get('etag')]).toEqual([304, null, '"abc"']);
		}
		expect((await ask({ 'if-none-match': '"old"' })).status).toBe(200);
	});

	test('that is gone is a 404', async () => {
		const missing = send(new Request('http://localhost/'), join(dir, 'missing'), details);
		await expect(missing).rejects.toMatchObject({ status: 404 });
	});
});

describe('a part of it', () => {
	test.each([
		['bytes=0-1', 0, 1],
		['bytes=0-0', 0, 0],
		['bytes=-100', SIZE - 100, SIZE - 1],
		[`bytes=${SIZE - 300_000}-`, SIZE - 300_000, SIZE - 1]
	])('%s is exact', async (range, first, last) => {
		const answer = await ask({ range });
		expect(answer.status).toBe(206);
		expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${SIZE}`);
		expect(answer.headers.get('content-length')).toBe(String(last - first + 1));
		expect(content.subarray(first, last + 1).equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
	});

	test('past the end is refused with the size', async () => {
		const answer = await ask({ range: `bytes=${SIZE}-` });
		expect([answer.status, answer.headers.get('content-range'), answer.body]).toEqual([
			416,
			`bytes */${SIZE}`,
			null
		]);
	});

	test('of another version is the whole file', async () => {
		const range = 'bytes=0-1';
		const current = ['"abc"', (await stat(path)).mtime.toUTCString()];
		for (const condition of current) expect((await ask({ range, 'if-range': condition })).status).toBe(206);
		const other = ['"old"', 'W/"abc"', new Date(0).toUTCString()];
		for (const condition of other) expect((await ask({ range, 'if-range': condition })).status).toBe(200);
	});
});

describe.skipIf(process.platform !== 'linux')('the file is open only while someone listens', () => {
	test.each([
		['reads it all', (answer: Response) => answer.arrayBuffer()],
		['asks and never reads', () => {}],
		['leaves before the first byte', (answer: Response) => answer.body!.cancel()],
		[
			'leaves after the first bytes',
			async (answer: Response) => {
				const reader = answer.body!.getReader();
				await reader.read();
				expect(await timesOpen()).toBe(1);
				await reader.cancel();
			}
		],
		[
			'leaves while the first bytes are being read',
			async (answer: Response) => {
				const reader = answer.body!.getReader();
				const reading = reader.read();
				await reader.cancel();
				await reading;
			}
		]
	])('one who %s', async (_, listen) => {
		await listen(await ask());
		await expect.poll(timesOpen).toBe(0);
	});
});

describe('behind nginx', () => {
	beforeEach(() => void Object.assign(settings, { X_ACCEL_PREFIX: '/files/', UPLOADS_DIR: dir }));
	afterEach(() => void (settings.X_ACCEL_PREFIX = undefined));

	test('nginx sends the bytes, or the part of them that it was asked for', async () => {
		for (const headers of [{ range: '' }, { range: 'bytes=0-1' }]) {
			const answer = await ask(headers);
			expect([answer.status, answer.body]).toEqual([200, null]);
			expect(answer.headers.get('x-accel-redirect')).toBe('/files/original.mp3');
			expect(answer.headers.get('content-length')).toBe(null);
			expect(answer.headers.get('content-type')).toBe('audio/mpeg');
			expect(answer.headers.get('etag')).toBe('"abc"');
		}
	});

	test('its address is written so that nginx reads it back', async () => {
		const [folder, name] = ['50% #1', 'a+b ü?.mp3'];
		await mkdir(join(dir, folder));
		await writeFile(join(dir, folder, name), content);
		const answer = await send(new Request('http://localhost/'), join(dir, folder, name), details);
		expect(answer.headers.get('x-accel-redirect')).toBe('/files/50%25%20%231/a%2Bb%20%C3%BC%3F.mp3');
	});

	test('what has no bytes is answered as without it', async () => {
		const questions = [
			[{}, 'HEAD', 200],
			[{ 'if-none-match': '"abc"' }, 'GET', 304],
			[{ range: `bytes=${SIZE}-` }, 'GET', 416]
		] as const;
		for (const [headers, method, status] of questions) {
			const behind = await ask(headers, method);
			settings.X_ACCEL_PREFIX = undefined;
			const alone = await ask(headers, method);
			settings.X_ACCEL_PREFIX = '/files/';
			expect([behind.status, ...behind.headers]).toEqual([status, ...alone.headers]);
		}
	});
});
