import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { drawPicture } from '../../testing/picture.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { db } from '../kernel/db/db.server.ts';
import { BlockDetails } from './block.schema.ts';
import * as blocks from './blocks.server.ts';
import * as shown from './shown.server.ts';
import * as attached from '../pictures/attached.server.ts';
import { MOST_PICTURES } from '../pictures/picture.ts';
import * as pictures from '../pictures/pictures.server.ts';

let here: Awaited<ReturnType<typeof makeWedding>>;
let photo: Buffer<ArrayBuffer>;
let id: string;

beforeAll(async () => {
	here = await makeWedding();
	const path = join(tmpdir(), `vowtape-attached-${process.pid}.jpg`);
	await drawPicture(path, '60x40');
	photo = Buffer.from(await readFile(path));
	await rm(path);
	id = await blocks.add(
		here.couple,
		BlockDetails.parse({ kind: 'story', title: {}, text: { en: 'Once' }, visibleOn: '' })
	);
});

function form(fields: Record<string, string> = {}): Request {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	body.set('file', new Blob([photo]), 'photo.jpg');
	return new Request('http://localhost/', { method: 'POST', body });
}

const of = () => ({ place: 'block', subjectId: id }) as const;
const list = async () => (await attached.list(here.guest, 'block', [id])).get(id) ?? [];
const ids = async () => (await list()).map((picture) => picture.id);

describe('pictures that stand with a text', () => {
	it('are taken in with what they show, in their order, and guests see them', async () => {
		await blocks.receivePicture(here.couple, id, form({ 'alt.en': ' The \n ferry ', 'alt.xx': 'no' }));
		await blocks.receivePicture(here.couple, id, form());
		const [first, second] = await list();
		expect(first).toMatchObject({ width: 60, height: 40, alt: { en: 'The ferry' } });
		expect(await shown.list(here.guest, 'en')).toMatchObject([{ pictures: [first, second] }]);
		const answer = await pictures.answer(
			here.guest,
			{ id: second!.id, name: '480.webp' },
			new Request('http://localhost/')
		);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
	});

	it('are described, moved, taken away and put back', async () => {
		const [first, second] = (await ids()) as [string, string];
		await attached.describe(here.couple, of(), second, { nl: 'De boot' });
		await attached.move(here.couple, of(), second, 'up');
		expect(await list()).toMatchObject([{ id: second, alt: { nl: 'De boot' } }, { id: first }]);
		await attached.remove(here.couple, of(), second);
		expect(await ids()).toEqual([first]);
		await expect(attached.move(here.couple, of(), second, 'up')).rejects.toThrow('409 picture_restored');
		await attached.restore(here.couple, of(), second);
		expect(await ids()).toEqual([second, first]);
	});

	it('are for whoever sees their text, also by their address', async () => {
		const [first] = (await ids()) as [string];
		const fetched = (viewer: Viewer) =>
			pictures.answer(viewer, { id: first, name: '480.webp' }, new Request('http://localhost/')).then(
				({ status }) => status,
				({ status }) => status
			);
		const all = () => Promise.all([here.guest, here.helper, here.couple].map(fetched));
		const { id: tag } = await db.tag.create({ data: { weddingId: here.weddingId, name: 'Family' } });
		const change = (data: object) => db.block.update({ where: { id }, data });
		expect(await all()).toEqual([200, 200, 200]);
		await change({ isHidden: true });
		expect(await all()).toEqual([404, 404, 200]);
		await change({ isHidden: false, onlyFor: [tag] });
		expect(await all()).toEqual([404, 200, 200]);
		await db.householdTag.create({
			data: { householdId: here.household.id, tagId: tag, weddingId: here.weddingId }
		});
		expect(await all()).toEqual([200, 200, 200]);
		await change({ onlyFor: [], visibleOn: new Date('2066-01-01') });
		expect(await all()).toEqual([404, 404, 200]);
		await change({ visibleOn: null });
	});

	it('go with their text and come back with it', async () => {
		const before = await ids();
		const removed = await blocks.remove(here.couple, id);
		expect(new Set(removed.pictures)).toEqual(new Set(before));
		expect(await ids()).toEqual([]);
		id = await blocks.add(here.couple, removed, removed);
		expect(await ids()).toEqual(before);
	});

	it('are of one’s own wedding, for the couple to change', async () => {
		const [first] = (await ids()) as [string];
		const { couple: others } = await makeWedding();
		await expect(attached.remove(others, of(), first)).rejects.toThrow('409');
		await expect(blocks.receivePicture(others, id, form())).rejects.toThrow('404 block_not_found');
		for (const viewer of [here.guest, here.helper]) {
			await expect(blocks.receivePicture(viewer, id, form())).rejects.toThrow('403');
			expect(() => attached.remove(viewer, of(), first)).toThrow('403');
		}
		const gone = attached.receive(here.couple, of(), form(), () => blocks.get(here.couple, here.weddingId));
		await expect(gone).rejects.toThrow('404 block_not_found');
		expect(await ids()).toHaveLength(2);
	});

	it('are twelve at most', async () => {
		const row = { weddingId: here.weddingId, width: 1, height: 1, bytes: 1, firstLook: '', ...of() };
		const data = Array.from({ length: MOST_PICTURES - 2 }, () => ({ ...row, sha256: Buffer.alloc(32) }));
		await db.picture.createMany({ data });
		await expect(blocks.receivePicture(here.couple, id, form())).rejects.toThrow('409 pictures_many');
	});
});
