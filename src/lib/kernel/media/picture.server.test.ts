import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { asOfPhone, drawPicture, sizeOf } from '../../../testing/picture.ts';
import { redraw } from './picture.server.ts';

const folder = await mkdtemp(join(tmpdir(), 'vowtape-picture-'));
afterAll(() => rm(folder, { recursive: true }));

const [from, to] = [join(folder, 'from'), join(folder, 'to.jpg')];

async function redrawn(content: Buffer): Promise<Buffer> {
	await writeFile(from, content);
	await redraw(from, to);
	return readFile(to);
}

async function drawn(ending: string, size?: string): Promise<Buffer> {
	const path = join(folder, `drawn.${ending}`);
	await drawPicture(path, size);
	return readFile(path);
}

it.each(['jpg', 'png', 'gif'])('is a JPEG once it was a %s', async (ending) => {
	expect(sizeOf(await redrawn(await drawn(ending)))).toEqual([64, 48]);
});

it('is a JPEG once it was a WebP', async () => {
	const webp = 'UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoCAAIAAgA0JaACdLoB+AADsAD+8MD/6ICfS8Zf/+XyqH5AP/9AY/4AAAA=';
	expect(sizeOf(await redrawn(Buffer.from(webp, 'base64')))).toEqual([2, 2]);
});

it('is small enough for a phone', async () => {
	expect(sizeOf(await redrawn(await drawn('jpg', '3000x1000')))).toEqual([1200, 400]);
});

it('stands upright, and says nothing of the phone that took it', async () => {
	const photo = asOfPhone(await drawn('jpg'), 6);
	expect(photo.includes('Owner of the phone')).toBe(true);
	const picture = await redrawn(photo);
	expect(sizeOf(picture)).toEqual([48, 64]);
	expect(picture.includes('Owner')).toBe(false);
	expect(picture.includes('Exif')).toBe(false);
	expect(sizeOf(await redrawn(asOfPhone(await drawn('jpg'), 1)))).toEqual([64, 48]);
});

/** A picture of so many points that does not weigh anything. */
function hollow(width: number, height: number): Buffer {
	const header = Buffer.from('IHDR\0\0\0\0\0\0\0\0\x08\x02\0\0\0', 'latin1');
	header.writeUInt32BE(width, 4);
	header.writeUInt32BE(height, 8);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(header));
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0d', 'latin1'), header, sum]);
}

it.each<[string, Buffer, number, string]>([
	[
		'a drawing with scripts',
		Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
		415,
		'picture_unknown'
	],
	['a page', Buffer.from('<!doctype html>'), 415, 'picture_unknown'],
	['a playlist', Buffer.from('#EXTM3U\nfile:///etc/passwd'), 415, 'picture_unknown'],
	['nothing', Buffer.alloc(0), 415, 'picture_unknown'],
	['a photo as iPhones keep it', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), 415, 'picture_heic'],
	['only the beginning of one', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 415, 'picture_broken'],
	['a bomb', hollow(40_000, 40_000), 413, 'picture_too_large']
])('refuses %s', async (_, content, status, code) => {
	await expect(redrawn(content)).rejects.toMatchObject({ status, code });
});
