import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { asOfPhone, bomb, drawPicture, sizeOf } from '../../../testing/picture.ts';
import { COPIES } from './picture-sizes.ts';
import { draw } from './pictures.server.ts';

const folder = await mkdtemp(join(tmpdir(), 'vowtape-pictures-'));
afterAll(() => rm(folder, { recursive: true }));

const [from, to] = [join(folder, 'from'), join(folder, 'to')];
beforeEach(async () => {
	await rm(to, { recursive: true, force: true });
	await mkdir(to);
});

async function redrawn(content: Buffer, areCopiesWanted = false): Promise<Buffer> {
	await writeFile(from, content);
	await draw(from, to, { mostPoints: 1200, areCopiesWanted });
	return readFile(join(to, 'original.jpg'));
}

async function drawn(ending: string, size?: string): Promise<Buffer> {
	const path = join(folder, `drawn.${ending}`);
	await drawPicture(path, size);
	return readFile(path);
}

it('is no larger than asked for, and has paper where it was transparent', async () => {
	expect(sizeOf(await redrawn(await drawn('jpg', '3000x1000')))).toEqual([1200, 400]);
	const clear = { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } as const;
	const paper = await redrawn(await sharp({ create: clear }).png().toBuffer());
	const { channels } = await sharp(paper).stats();
	expect(channels.map(({ mean }) => Math.round(mean / 10))).toEqual([25, 25, 24]);
});

it('stands upright in every size, and nowhere says who took it, or where', async () => {
	const exif = { IFD0: { Artist: 'Owner of the phone' }, IFD3: { GPSLatitude: '52/1 5/1 30/1' } };
	const photo = await sharp(await drawn('jpg', '900x600'))
		.withExif(exif)
		.withMetadata({ orientation: 6, exif })
		.jpeg()
		.toBuffer();
	expect((await sharp(photo).metadata()).exif!.includes('Owner of the phone')).toBe(true);
	await redrawn(photo, true);
	const names = await readdir(to);
	expect(names.sort()).toEqual([...COPIES, 'original.jpg'].sort());
	for (const name of names) {
		const content = await readFile(join(to, name));
		const { width, height, exif, xmp, iptc, orientation } = await sharp(content).metadata();
		expect([width, height], name).toEqual(name.startsWith('480') ? [480, 720] : [600, 900]);
		expect({ exif, xmp, iptc, orientation }, name).toEqual({});
		expect(content.includes('Owner'), name).toBe(false);
	}
});

it('is told apart from a photo that was never turned', async () => {
	expect(sizeOf(await redrawn(asOfPhone(await drawn('jpg'), 6)))).toEqual([48, 64]);
	expect(sizeOf(await redrawn(asOfPhone(await drawn('jpg'), 1)))).toEqual([64, 48]);
});

it('has nothing behind its end, whatever came with it', async () => {
	const page = Buffer.from('<!doctype html><script>alert(1)</script>PK\x03\x04');
	const picture = await redrawn(Buffer.concat([await drawn('jpg'), page]));
	expect(picture.includes('script')).toBe(false);
	expect(picture.subarray(-2).toString('hex')).toBe('ffd9');
});

it('has a first look that fits into a page', async () => {
	await writeFile(from, await drawn('jpg', '640x480'));
	const { width, height, firstLook } = await draw(from, to, { mostPoints: 1200 });
	expect([width, height]).toEqual([640, 480]);
	const look = await sharp(Buffer.from(firstLook, 'base64')).metadata();
	expect(look).toMatchObject({ format: 'webp', width: 24, height: 18 });
	expect(firstLook.length).toBeLessThan(600);
});

describe('refuses', () => {
	const start = (bytes: string) => Buffer.from(bytes, 'latin1');
	const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
	const box = (brands: string) => start(`\0\0\0\x1cftyp${brands}`);

	it.each<[string, Buffer, number, string]>([
		['a drawing with scripts', start(svg), 415, 'picture_svg'],
		['one that says it is XML', start(`\xef\xbb\xbf <?xml version="1.0"?>${svg}`), 415, 'picture_svg'],
		['a moving picture', start('GIF89a\x01\0\x01\0'), 415, 'picture_gif'],
		['a photo as iPhones keep it', box('heic\0\0\0\0mif1heicmiaf'), 415, 'picture_heic'],
		['one that says so only behind', box('mif1\0\0\0\0mif1heicmiaf'), 415, 'picture_heic'],
		['a film', box('isom\0\0\x02\0isomiso2avc1'), 415, 'picture_unknown'],
		['a page', start('<!doctype html>'), 415, 'picture_unknown'],
		['a playlist', start('#EXTM3U\nfile:///etc/passwd'), 415, 'picture_unknown'],
		['a document', start('%PDF-1.7\n'), 415, 'picture_unknown'],
		['a TIFF', start('II*\0\x08\0\0\0'), 415, 'picture_unknown'],
		['nothing', Buffer.alloc(0), 415, 'picture_unknown'],
		['only the beginning of one', start('\xff\xd8\xff\xe0'), 415, 'picture_broken'],
		['a drawing behind the first bytes of a PNG', start(`\x89PNG\r\n\x1a\n${svg}`), 415, 'picture_broken'],
		['an AVIF that is none', box('avif\0\0\0\0mif1avifmiaf'), 415, 'picture_broken'],
		['a bomb', bomb(30_000), 413, 'picture_too_large']
	])('%s', async (_, content, status, code) => {
		expect(content.length).toBeLessThan(120_000);
		await expect(redrawn(content)).rejects.toMatchObject({ status, code });
	});

	it.each(['jpg', 'png', 'webp', 'avif'])(
		'a %s that is cut short, and makes a JPEG of it once it is whole',
		async (ending) => {
			const whole = await drawn(ending, '640x480');
			const cut = redrawn(whole.subarray(0, whole.length / 2));
			await expect(cut).rejects.toMatchObject({ status: 415, code: 'picture_broken' });
			expect(sizeOf(await redrawn(whole))).toEqual([640, 480]);
		}
	);
});
