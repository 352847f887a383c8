import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { drawPicture } from '../../testing/picture.ts';
import { eachStore } from '../../testing/stores.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { sweep } from '../recordings/jobs.server.ts';
import * as front from './front.server.ts';
import { tidy } from './jobs.server.ts';
import * as pictures from './pictures.server.ts';

const unknown = expect.objectContaining({ status: 404, code: 'not_found' });
const ask = (headers = {}) => new Request('http://localhost/', { headers });

let here: Awaited<ReturnType<typeof makeWedding>>;
let other: Awaited<ReturnType<typeof makeWedding>>;
let photo: Buffer<ArrayBuffer>;

beforeAll(async () => {
	[here, other] = [await makeWedding(), await makeWedding()];
	const path = join(tmpdir(), `vowtape-front-${process.pid}.jpg`);
	await drawPicture(path, '700x400');
	photo = Buffer.from(await readFile(path));
	await rm(path);
});

function form(content: Buffer<ArrayBuffer> = photo): Request {
	const body = new FormData();
	body.set('file', new Blob([content]), 'photo.jpg');
	return new Request('http://localhost/', { method: 'POST', body });
}

const shownId = async () => (await front.find(here.guest))?.id;

describe('the picture at the top', () => {
	eachStore(() => {
		let id: string;

		it('is there for every guest, in its sizes and formats, to be kept for ever', async () => {
			await front.receive(here.couple, form());
			const shown = (await front.find(here.guest))!;
			expect(shown).toMatchObject({ width: 700, height: 400, focus: 'middle', alt: {} });
			id = shown.id;
			for (const [name, format, width] of [
				['480.avif', 'heif', 480],
				['960.webp', 'webp', 700],
				['1600.jpg', 'jpeg', 700]
			] as const) {
				const answer = await pictures.answer(here.guest, { id, name }, ask());
				const type = format === 'heif' ? 'image/avif' : `image/${format}`;
				expect(Object.fromEntries(answer.headers)).toMatchObject({
					'content-type': type,
					'cache-control': 'private, max-age=31536000, immutable',
					'x-content-type-options': 'nosniff'
				});
				const sent = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
				expect(sent).toMatchObject({ format, width });
			}
		});

		it('is there for nobody else, and in no other size', async () => {
			for (const viewer of [other.couple, other.guest])
				await expect(pictures.answer(viewer, { id, name: '960.webp' }, ask())).rejects.toEqual(unknown);
			for (const name of ['961.webp', '960.gif', 'original.jpg', '../x', '960.webp.jpg'])
				await expect(pictures.answer(here.guest, { id, name }, ask())).rejects.toEqual(unknown);
			await expect(pictures.answer(here.stranger, { id, name: '960.webp' }, ask())).rejects.toThrow('401');
		});

		it('is drawn again where a restore brought back the original alone, once for all who ask', async () => {
			const name = '480.webp';
			const original = Buffer.concat(
				await Array.fromAsync((await files.find(id, 'jpg')).read(0, (await files.find(id, 'jpg')).bytes - 1))
			);
			await files.remove(id);
			await expect(pictures.answer(here.guest, { id, name }, ask())).rejects.toEqual(unknown);
			const path = join(await files.incomingDir(), 'restored');
			await writeFile(path, original);
			await files.keep(path, id, 'jpg');
			const asked = [1, 2, 3].map(() => pictures.answer(here.guest, { id, name }, ask()));
			for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
			expect(await readdir(await files.incomingDir())).toEqual([]);
		});

		it('is taken away and put back, and goes for good after a day', async () => {
			await front.remove(here.couple);
			expect(await shownId()).toBeUndefined();
			const name = '480.jpg';
			await expect(pictures.answer(here.guest, { id, name }, ask())).rejects.toEqual(unknown);
			expect((await pictures.answer(here.couple, { id, name }, ask())).status).toBe(200);
			await front.restore(here.couple, (await front.findRemoved(here.couple))!.id);
			expect(await shownId()).toBe(id);

			await front.receive(here.couple, form());
			const next = (await shownId())!;
			expect((await front.findRemoved(here.couple))?.id).toBe(id);
			await front.restore(here.couple, id);
			expect([await shownId(), (await front.findRemoved(here.couple))?.id]).toEqual([id, next]);

			await db.picture.update({
				where: { id: next },
				data: { removedAt: new Date(Date.now() - 25 * 3600_000) }
			});
			expect(await front.findRemoved(here.couple)).toBeNull();
			await tidy();
			await sweep();
			expect(await files.ids()).toEqual([id]);
			const gone = expect.objectContaining({ status: 409, code: 'picture_restored' });
			await expect(front.restore(here.couple, next)).rejects.toEqual(gone);
			expect(await shownId()).toBe(id);
			await db.picture.deleteMany({ where: { weddingId: here.weddingId } });
		});
	});

	it('keeps what it must show and what it says, which guests read', async () => {
		const details = { focus: 'top-left', alt: { en: 'On the ferry', nl: '' } } as const;
		await expect(front.edit(here.couple, details)).rejects.toThrow('409 picture_restored');
		await front.receive(here.couple, form());
		await front.edit(here.couple, details);
		expect(await front.find(here.guest)).toMatchObject(details);
		const entries = await db.auditEntry.findMany({ where: { subjectId: await shownId() } });
		expect(entries.map(({ action }) => action).sort()).toEqual(['picture.edited', 'picture.put']);
	});

	it('is changed by whoever may, in their own wedding', async () => {
		const id = (await shownId())!;
		for (const viewer of [here.guest, here.helper]) {
			await expect(front.receive(viewer, form())).rejects.toThrow('403');
			expect(() => front.remove(viewer)).toThrow('403');
			expect(() => front.restore(viewer, id)).toThrow('403');
		}
		await front.remove(other.couple);
		await expect(front.restore(other.couple, id)).rejects.toThrow('409');
		expect(await shownId()).toBe(id);
	});
});

describe('refuses, and leaves nothing of', () => {
	it('40 MB, before it is read', async () => {
		const request = new Request('http://localhost/', {
			...{ method: 'POST', body: 'unread' },
			headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(40 * 2 ** 20) }
		});
		const tooLarge = expect.objectContaining({
			status: 413,
			code: 'upload_too_large',
			params: { megabytes: 20 }
		});
		await expect(front.receive(here.couple, request)).rejects.toEqual(tooLarge);
		// nor where it did not say so
		const content = Buffer.concat([photo, Buffer.alloc(21 * 2 ** 20)]);
		await expect(front.receive(here.couple, form(content))).rejects.toEqual(tooLarge);
		expect(await readdir(await files.incomingDir())).toEqual([]);
	});

	it('a drawing', async () => {
		const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
		await expect(front.receive(here.couple, form(svg))).rejects.toThrow('415 picture_svg');
		expect(await readdir(await files.incomingDir())).toEqual([]);
	});

	it('one for which the wedding has no room left', async () => {
		const before = await files.ids();
		settings.UPLOAD_QUOTA = 1000;
		await expect(front.receive(other.couple, form())).rejects.toThrow('413 quota_full');
		settings.UPLOAD_QUOTA = undefined;
		expect(await front.find(other.couple)).toBeNull();
		expect(await files.ids()).toEqual(before);
	});
});
