import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readFrom, zip, type ZipEntry } from './zip.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'vowtape-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GB = 2 ** 30;
const at = new Date('2027-06-12T15:04:06Z');

function entry(name: string, content: Buffer, modifiedAt = at): ZipEntry {
	return { name, bytes: content.length, crc32: crc32(content), modifiedAt, read: readFrom(content) };
}

/** Of zeros, which nobody has to read: what is not written of a file is that. */
function hollow(name: string, bytes: number): ZipEntry {
	return {
		...{ name, bytes, modifiedAt: at, crc32: 0 },
		read: () => {
			throw new Error('read without need');
		}
	};
}

const whole = (made: ReturnType<typeof zip>) => buffer(made.read(0, made.bytes - 1));

const isThere = (program: string, flag: string) => spawnSync(program, [flag]).status === 0;
const has = { unzip: isThere('unzip', '-v'), python: isThere('python3', '--version') };

/** What Python finds: name, size, time and the content of what is small. */
function readWithPython(path: string) {
	const script = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    print(json.dumps([[i.filename, i.file_size, list(i.date_time),
        z.read(i).decode() if i.file_size < 1000 else None] for i in z.infolist()[-5:]] + [len(z.infolist())]))`;
	const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
	expect(stderr).toBe('');
	return JSON.parse(stdout);
}

const entries = [
	entry('index.html', Buffer.from('<p>hi')),
	entry('recordings/01 Ömer’s 祝辞.mp3', randomBytes(300_000)),
	entry('recordings/02 empty.wav', Buffer.alloc(0)),
	entry('recordings.csv', Buffer.from('a;b\r\n'))
];

describe('a ZIP', () => {
	it('is as long as it says, and the same each time', async () => {
		const [made, again] = [zip(entries), zip(entries)];
		const content = await whole(made);
		expect(content.length).toBe(made.bytes);
		expect(again.etag).toBe(made.etag);
		expect((await whole(again)).equals(content)).toBe(true);
	});

	it('has another tag when a byte, a name or a time is another', () => {
		const { etag } = zip(entries);
		const others = [
			entry('index.html', Buffer.from('<p>ho')),
			entry('Index.html', Buffer.from('<p>hi')),
			entry('index.html', Buffer.from('<p>hi'), new Date('2027-06-13'))
		];
		const tags = others.map((other) => zip([other, ...entries.slice(1)]).etag);
		expect(new Set([etag, ...tags]).size).toBe(4);
	});

	it('goes on at any byte', async () => {
		const made = zip(entries);
		const content = await whole(made);
		const cuts = [0, 1, 29, 30, 41, 200, 300_100, 300_200, made.bytes - 23, made.bytes - 1];
		for (const first of cuts)
			for (const last of [first, Math.min(first + 70, made.bytes - 1), made.bytes - 1])
				expect((await buffer(made.read(first, last))).equals(content.subarray(first, last + 1))).toBe(true);
	});

	it('opens what it reads only, and closes it when nobody listens any more', async () => {
		const seen: string[] = [];
		const watched = ['one', 'two', 'three'].map((name) => ({
			...entry(name, Buffer.alloc(10)),
			async *read() {
				try {
					seen.push(`${name} opened`);
					for (let byte = 0; byte < 10; byte++) yield Buffer.alloc(1);
				} finally {
					seen.push(`${name} closed`);
				}
			}
		}));
		const made = zip(watched);
		const second = (made.bytes >> 2) + 10;
		for await (const piece of made.read(second, made.bytes - 1)) if (piece.length === 1) break;
		expect(seen).toEqual(['two opened', 'two closed']);
	});

	it.skipIf(!has.unzip)('is whole to unzip', async () => {
		const path = join(folder, 'plain.zip');
		writeFileSync(path, await whole(zip(entries)));
		const { stdout, status } = spawnSync('unzip', ['-t', path], { encoding: 'utf8' });
		expect([status, stdout]).toEqual([0, expect.stringContaining('No errors detected')]);
	});

	it.skipIf(!has.python)('has names in any script, sizes and times to Python', async () => {
		const path = join(folder, 'python.zip');
		writeFileSync(path, await whole(zip(entries)));
		const time = [2027, 6, 12, 15, 4, 6];
		expect(readWithPython(path)).toEqual([
			['index.html', 5, time, '<p>hi'],
			['recordings/01 Ömer’s 祝辞.mp3', 300_000, time, null],
			['recordings/02 empty.wav', 0, time, ''],
			['recordings.csv', 5, time, 'a;b\r\n'],
			4
		]);
	});

	it.skipIf(!has.python || !has.unzip)('holds more than 4 GB, in one file and before one', async () => {
		const large = [
			entry('first.txt', Buffer.from('first')),
			hollow('five.wav', 5 * GB),
			entry('middle.txt', Buffer.from('middle')),
			hollow('four.wav', 2 ** 32 - 2),
			entry('last.txt', Buffer.from('last'))
		];
		const made = zip(large);
		const path = join(folder, 'large.zip');
		// all but the hollow ones: each is looked for between two heads
		await using file = await open(path, 'w');
		let hole = 0;
		for (const { bytes } of large.filter(({ bytes }) => bytes > GB)) {
			const head = await untilHole(made, hole);
			await file.write(head, 0, head.length, hole);
			hole += head.length + bytes;
		}
		const tail = await buffer(made.read(hole, made.bytes - 1));
		await file.write(tail, 0, tail.length, hole);
		expect((await stat(path)).size).toBe(made.bytes);
		const time = [2027, 6, 12, 15, 4, 6];
		expect(readWithPython(path)).toEqual([
			['first.txt', 5, time, 'first'],
			['five.wav', 5 * GB, time, null],
			['middle.txt', 6, time, 'middle'],
			['four.wav', 2 ** 32 - 2, time, null],
			['last.txt', 4, time, 'last'],
			5
		]);
		const { stdout } = spawnSync('unzip', ['-p', path, 'last.txt'], { encoding: 'utf8' });
		expect(stdout).toBe('last');
	});

	it.skipIf(!has.python)('holds more files than 16 bits can count', async () => {
		const many = Array.from({ length: 66_000 }, (_, n) => entry(`${n}.txt`, Buffer.from(String(n))));
		const path = join(folder, 'many.zip');
		writeFileSync(path, await whole(zip(many)));
		expect(readWithPython(path).slice(-2)).toEqual([['65999.txt', 5, expect.anything(), '65999'], 66_000]);
	});
});

/** What there is from `first` up to the next file that cannot be read. */
async function untilHole(made: ReturnType<typeof zip>, first: number): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	try {
		for await (const piece of made.read(first, made.bytes - 1)) pieces.push(piece);
	} catch {
		// there it is
	}
	return Buffer.concat(pieces);
}
