import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { drawPicture } from '../../testing/picture.ts';
import { db } from '../kernel/db/db.server.ts';
import * as media from '../kernel/media/render.server.ts';
import * as front from '../pictures/front.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as icons from './icons.server.ts';
import { manifestOf } from './manifest.ts';
import * as preview from './preview.server.ts';

const unknown = expect.objectContaining({ status: 404, code: 'not_found' });
let here: Awaited<ReturnType<typeof makeWedding>>;

beforeAll(async () => {
	here = await makeWedding();
});

const find = () => weddings.get(here.couple);
const read = async (response: Response) => Buffer.from(await response.arrayBuffer());
const versionIn = ({ image }: { image: string }) => /preview\/([\w-]+)\.jpg$/.exec(image)![1]!;

describe('an icon', () => {
	it.each([
		['180.png', 180],
		['maskable.png', 512]
	])('%s is drawn from the initials, for anybody to keep', async (name, size) => {
		const version = icons.versionOfIcons({ names: 'Anna & Ben' });
		const answer = await icons.send(await find(), { version, name });
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'image/png',
			'cache-control': 'public, max-age=31536000, immutable'
		});
		const picture = sharp(await read(answer));
		expect(await picture.metadata()).toMatchObject({ format: 'png', width: size, height: size });
		// paper at its edge, and letters in the middle of it
		const { data } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
		const row = data.subarray(size * (size / 2), size * (size / 2 + 1));
		expect(Math.min(...row)).toBeLessThan(130);
		expect(Math.min(...data.subarray(0, size * Math.floor(size / 10)))).toBeGreaterThan(230);
	});

	it('of other names, or by another name, is not there', async () => {
		const wedding = await find();
		const version = icons.versionOfIcons({ names: 'Cleo & Dan' });
		await expect(icons.send(wedding, { version, name: '192.png' })).rejects.toEqual(unknown);
		const own = icons.versionOfIcons(wedding);
		for (const name of ['64.png', 'toString'])
			await expect(icons.send(wedding, { version: own, name })).rejects.toEqual(unknown);
	});

	it('shows a sign where the site has no letters for the names', async () => {
		const wedding = { names: 'ليلى & נועה' };
		const answer = await icons.send(wedding as never, {
			...{ version: icons.versionOfIcons(wedding), name: '192.png' }
		});
		expect(answer.status).toBe(200);
	});
});

it.each([
	['Anna & Ben', 'Anna & Ben'],
	['Maximiliane & Ben', 'Maximiliane'],
	['Our wedding', 'Our wedding']
])('below the icon of %s a phone writes %s', (names, short) => {
	const shown = manifestOf({ names, language: 'en', paper: '#fff', icon: (name) => name });
	expect(shown).toMatchObject({ name: names, short_name: short, start_url: '/', display: 'standalone' });
});

describe('the picture beside a link', () => {
	const make = async () => {
		const told = await preview.describe(await find());
		return { told, picture: sharp(await read(await preview.send(await find(), versionIn(told)))) };
	};

	it('has names and day, is drawn once, and says nothing of a household', async () => {
		const drawn = vi.spyOn(media, 'render');
		const { told, picture } = await make();
		expect(told).toMatchObject({ names: 'Anna & Ben', day: 'Saturday 12 June 2066', width: 1200 });
		expect(JSON.stringify(told)).not.toMatch(/Riet/);
		const { size = 0, ...is } = await picture.metadata();
		expect(is).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
		expect(size).toBeLessThan(60_000);
		await Promise.all([make(), make(), make()]);
		expect(drawn.mock.calls.length).toBeLessThanOrEqual(1);
		drawn.mockRestore();
	});

	it('is another one with a cover, and the one before is gone', async () => {
		const before = await make();
		const path = join(tmpdir(), `vowtape-emblem-${process.pid}.jpg`);
		await drawPicture(path, '700x400');
		await front.put(here.couple, path);
		await rm(path);
		const after = await make();
		expect(after.told.image).not.toBe(before.told.image);
		await expect(preview.send(await find(), versionIn(before.told))).rejects.toEqual(unknown);
		const side = (left: number) => ({ left, top: 10, width: 500, height: 100 });
		const [left, right] = await Promise.all(
			[side(10), side(650)].map(
				async (part) => (await sharp(await after.picture.clone().extract(part).toBuffer()).stats()).entropy
			)
		);
		expect(left).toBeLessThan(2);
		expect(right).toBeGreaterThan(4);
	});

	it('is drawn for names without letters of ours and of any length', async () => {
		for (const names of [
			'ليلى & נועה',
			'Wilhelmina-Alexandra Konstantinopoulou & Bartholomäus von Hohenzollern-Sigmaringen'
		]) {
			await db.wedding.update({ where: { id: here.weddingId }, data: { names } });
			expect(await (await make()).picture.metadata()).toMatchObject({ width: 1200, height: 630 });
		}
	});
});
