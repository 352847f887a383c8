import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { timesOpen } from '../../../testing/open-files.ts';
import { eachStore, type TestStore } from '../../../testing/stores.ts';
import * as files from '../files/files.server.ts';
import { send } from './send.server.ts';
import { settings } from '../settings.server.ts';
import type { Stored } from '../files/stored.ts';

const SIZE = 2_500_000;
const content = Buffer.from(Array.from({ length: SIZE }, (_, index) => index % 251));
const details = { mimeType: 'audio/mpeg', etag: 'abc', name: 'Grüße.mp3', kind: 'inline' } as const;
const id = randomUUID();
let file: Stored;

function ask(headers: Record<string, string> = {}, method = 'GET') {
	return send(new Request('http://localhost/recordings/1/audio', { method, headers }), file, details);
}

async function keep() {
	const path = join(await files.incomingDir(), 'file');
	await writeFile(path, content);
	await files.keep(path, id, 'mp3');
	file = await files.find(id, 'mp3');
}

eachStore((store) => {
	beforeAll(keep);
	whole();
	parts();
	leaving(store);
	behindNginx(store);
});

function whole() {
	test('the whole file arrives with what a browser must know, and nothing it might run', async () => {
		const answer = ask();
		expect(answer.status).toBe(200);
		expect(Object.fromEntries(answer.headers)).toEqual({
			'accept-ranges': 'bytes',
			'cache-control': 'private, no-cache',
			'content-disposition': 'inline; filename="Gr__e.mp3"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe.mp3',
			'content-length': String(SIZE),
			'content-security-policy': "sandbox; default-src 'none'",
			'content-type': 'audio/mpeg',
			'cross-origin-resource-policy': 'same-origin',
			'last-modified': file.modifiedAt.toUTCString(),
			'x-content-type-options': 'nosniff',
			etag: '"abc"'
		});
		expect(content.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
	});

	test('HEAD says the same and sends nothing', () => {
		const [get, head] = [ask(), ask({}, 'HEAD')];
		expect([...head.headers]).toEqual([...get.headers]);
		expect(head.body).toBe(null);
	});

	test('is not sent again to who has it', () => {
		for (const has of ['"abc"', 'W/"abc"', '"old", "abc"', '*']) {
			const answer = ask({ 'if-none-match': has });
			expect([answer.status, answer.body, answer.headers.get('etag')]).toEqual([304, null, '"abc"']);
		}
		expect(ask({ 'if-none-match': '"old"' }).status).toBe(200);
	});
}

function parts() {
	test.each([
		['bytes=0-1', 0, 1],
		['bytes=0-0', 0, 0],
		['bytes=-100', SIZE - 100, SIZE - 1],
		[`bytes=${SIZE - 300_000}-`, SIZE - 300_000, SIZE - 1]
	])('%s is exact', async (range, first, last) => {
		const answer = ask({ range });
		expect(answer.status).toBe(206);
		expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${SIZE}`);
		expect(answer.headers.get('content-length')).toBe(String(last - first + 1));
		expect(content.subarray(first, last + 1).equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
	});

	test('past the end is refused with the size', () => {
		const answer = ask({ range: `bytes=${SIZE}-` });
		expect([answer.status, answer.headers.get('content-range'), answer.body]).toEqual([
			416,
			`bytes */${SIZE}`,
			null
		]);
	});

	test('of another version is the whole file', () => {
		const range = 'bytes=0-1';
		for (const condition of ['"abc"', file.modifiedAt.toUTCString()])
			expect(ask({ range, 'if-range': condition }).status).toBe(206);
		for (const condition of ['"old"', 'W/"abc"', new Date(0).toUTCString()])
			expect(ask({ range, 'if-range': condition }).status).toBe(200);
	});
}

async function afterTheFirstBytes(answer: Response) {
	const reader = answer.body!.getReader();
	await reader.read();
	await reader.cancel();
}

const LISTENERS: [string, (answer: Response) => unknown][] = [
	['reads it all', (answer) => answer.arrayBuffer()],
	['asks and never reads', () => {}],
	['leaves before the first byte', (answer) => answer.body!.cancel()],
	['leaves after the first bytes', afterTheFirstBytes],
	[
		'leaves while the first bytes are being read',
		async (answer) => {
			const reader = answer.body!.getReader();
			const reading = reader.read();
			await reader.cancel();
			await reading;
		}
	]
];

function leaving({ kind, asked }: TestStore) {
	if (kind === 'bucket')
		test('who leaves early, or wants little, costs the bucket a block, or that little', async () => {
			const before = asked().length;
			await afterTheFirstBytes(ask());
			await ask({ range: 'bytes=5-8' }).arrayBuffer();
			expect(asked().slice(before)).toEqual(['bytes=0-1048575', 'bytes=5-8']);
		});
	else
		test.each(LISTENERS)('one who %s leaves no open file', async (_, listen) => {
			await listen(ask());
			await expect.poll(() => timesOpen(file.path!)).toBe(0);
		});
}

function behindNginx({ kind }: TestStore) {
	afterEach(() => void (settings.X_ACCEL_PREFIX = undefined));

	test('nginx sends what is on this machine, or the part of it that it was asked for', async () => {
		settings.X_ACCEL_PREFIX = '/files/';
		const answer = ask({ range: 'bytes=0-1' });
		expect(answer.headers.get('content-type')).toBe('audio/mpeg');
		expect(answer.headers.get('etag')).toBe('"abc"');
		const { headers } = answer;
		const isNginx = headers.get('x-accel-redirect') === `/files/${id}/original.mp3`;
		expect([isNginx, answer.status]).toEqual(kind === 'disk' ? [true, 200] : [false, 206]);
		expect(headers.get('content-length')).toBe(kind === 'disk' ? null : '2');
		expect((await answer.arrayBuffer()).byteLength).toBe(kind === 'disk' ? 0 : 2);
	});

	test('nginx is not told of what has a secret address', async () => {
		settings.X_ACCEL_PREFIX = '/files/';
		const answer = send(new Request('http://localhost/'), file, { ...details, isAddressSecret: true });
		expect(answer.headers.has('x-accel-redirect')).toBe(false);
		expect((await answer.arrayBuffer()).byteLength).toBe(SIZE);
	});

	test('what has no bytes is answered as without it', () => {
		const questions = [
			[{}, 'HEAD', 200],
			[{ 'if-none-match': '"abc"' }, 'GET', 304],
			[{ range: `bytes=${SIZE}-` }, 'GET', 416]
		] as const;
		for (const [headers, method, status] of questions) {
			settings.X_ACCEL_PREFIX = '/files/';
			const behind = ask(headers, method);
			settings.X_ACCEL_PREFIX = undefined;
			const alone = ask(headers, method);
			expect([behind.status, ...behind.headers]).toEqual([status, ...alone.headers]);
		}
	});
}

test('the address that nginx is told is written so that it reads it back', () => {
	Object.assign(settings, { X_ACCEL_PREFIX: '/files/' });
	const path = join(settings.UPLOADS_DIR, '50% #1', 'a+b ü?.mp3');
	const there: Stored = { bytes: 1, modifiedAt: new Date(), path, read: async function* () {} };
	const answer = send(new Request('http://localhost/'), there, details);
	settings.X_ACCEL_PREFIX = undefined;
	expect(answer.headers.get('x-accel-redirect')).toBe('/files/50%25%20%231/a%2Bb%20%C3%BC%3F.mp3');
});

describe('a bucket that stops in mid-sentence', () => {
	test('breaks the answer off, for it has promised its length', async () => {
		const stored = (async function* () {
			yield new Uint8Array(10);
			throw new Error('the connection broke');
		})();
		file = { bytes: 20, modifiedAt: new Date(), read: () => stored };
		await expect(ask().arrayBuffer()).rejects.toThrow('the connection broke');
	});
});
