import { describe, expect, it } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { filterByTag } from './household.ts';
import { ChangedHousehold } from './household.schema.ts';
import * as households from './households.server.ts';
import { tagNames } from './tag.schema.ts';
import * as tags from './tags.server.ts';

const henk = { name: 'Buurman Henk', language: 'nl', guests: [{ name: 'Henk' }] };
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
const names = async (viewer: Viewer, id: string) =>
	(await households.get(viewer, id)).tags.map(({ name }) => name);
const all = async (viewer: Viewer) =>
	(await tags.list(viewer)).map(({ name, households, guests }) => [name, households, guests]);

/** Henk in "Family" and "Work", Riet and Wim in "Family". */
async function makeTagged() {
	const made = await makeWedding();
	const { couple, household } = made;
	const id = await households.add(couple, { ...henk, tags: ['Family', 'Work'] });
	const { name, language } = household;
	await editHousehold(couple, household.id, { name, language, guests: [], tags: ['family'] });
	const [family, work] = (await tags.list(couple)).map(({ id }) => id) as [string, string];
	return { ...made, henk: id, family, work };
}

describe('a tag', () => {
	it('is the same however it is typed, and counts its households and guests', async () => {
		const { couple, helper, henk } = await makeTagged();
		expect(await all(helper)).toEqual([
			['Family', 2, 3],
			['Work', 1, 1]
		]);
		expect(await names(couple, henk)).toEqual(['Family', 'Work']);
	});

	it('finds those who have it', async () => {
		const { couple, work, henk } = await makeTagged();
		const list = await households.list(couple);
		expect(filterByTag(list, work).map(({ id }) => id)).toEqual([henk]);
		expect(filterByTag(list, '')).toHaveLength(2);
	});

	it('is picked or typed, stays when a form does not speak of tags, and goes when it is not picked', async () => {
		const { couple, family, henk: id } = await makeTagged();
		await editHousehold(couple, id, henk);
		expect(await names(couple, id)).toEqual(['Family', 'Work']);
		await editHousehold(couple, id, { ...henk, tags: ['Neighbours'], picked: [family] });
		expect(await names(couple, id)).toEqual(['Family', 'Neighbours']);
		await editHousehold(couple, id, { ...henk, tags: [] });
		expect(await names(couple, id)).toEqual([]);
		const { couple: others, family: foreign } = await makeTagged();
		const wrong = editHousehold(couple, id, { ...henk, tags: [], picked: [foreign] });
		await expect(wrong).rejects.toEqual(refusal(409, 'tag_gone'));
		expect(await all(others)).toHaveLength(2);
	});

	it('is part of the version that a page showed', async () => {
		const { couple, henk: id } = await makeTagged();
		const { version } = await households.get(couple, id);
		await editHousehold(couple, id, { ...henk, tags: [] });
		await expect(households.edit(couple, id, { ...henk, version })).rejects.toMatchObject({ status: 409 });
	});

	it('gets another name, which no other may have', async () => {
		const { couple, work, henk } = await makeTagged();
		await expect(tags.rename(couple, work, 'FAMILY')).rejects.toEqual(refusal(409, 'tag_exists'));
		await tags.rename(couple, work, 'Office');
		expect(await names(couple, henk)).toEqual(['Family', 'Office']);
		await tags.rename(couple, work, 'office');
		expect(await names(couple, henk)).toEqual(['Family', 'office']);
	});

	it('is merged into another: whoever had either has that one, once', async () => {
		const { couple, family, work, henk } = await makeTagged();
		const only = await households.add(couple, {
			...{ name: 'Tom', language: 'en' },
			guests: [{ name: 'Tom' }],
			tags: ['Work']
		});
		await tags.merge(couple, work, family);
		expect(await all(couple)).toEqual([['Family', 3, 4]]);
		for (const id of [henk, only]) expect(await names(couple, id)).toEqual(['Family']);
		await tags.merge(couple, family, family);
		expect(await all(couple)).toHaveLength(1);
	});

	it('is removed without its households', async () => {
		const { couple, family, henk } = await makeTagged();
		const before = await all(couple);
		const { entryId, name } = await tags.remove(couple, family);
		expect(name).toBe('Family');
		expect(await names(couple, henk)).toEqual(['Work']);
		await tags.restore(couple, entryId);
		expect(await all(couple)).toEqual(before);
		await expect(tags.restore(couple, entryId)).rejects.toMatchObject({ code: 'tag_exists' });
		const other = await makeWedding();
		await expect(tags.restore(other.couple, entryId)).rejects.toMatchObject({ code: 'tag_not_found' });
		await tags.remove(couple, family);
		await expect(tags.remove(couple, family)).rejects.toEqual(refusal(404, 'tag_not_found'));
	});

	it('is one of two that are made at the same moment', async () => {
		const { couple } = await makeWedding();
		const add = (name: string) => households.add(couple, { ...henk, name, tags: ['Work', 'work'] });
		await Promise.all([add('a'), add('b'), add('c')]);
		expect(await all(couple)).toEqual([['Work', 3, 3]]);
	});

	it.each([
		['rename', (viewer: Viewer, id: string) => tags.rename(viewer, id, 'x')],
		['merge', (viewer: Viewer, id: string) => tags.merge(viewer, id, crypto.randomUUID())],
		['remove', (viewer: Viewer, id: string) => tags.remove(viewer, id)]
	])('is for the couple of its own wedding to %s', async (_, act) => {
		const { helper, guest, family } = await makeTagged();
		for (const viewer of [helper, guest])
			await expect((async () => act(viewer, family))()).rejects.toEqual(refusal(403, 'not_allowed'));
		const { couple } = await makeWedding();
		await expect(act(couple, family)).rejects.toEqual(refusal(404, 'tag_not_found'));
		expect(await db.tag.count({ where: { id: family, name: 'Family' } })).toBe(1);
	});
});

it.each([
	[' Family, work;; Öst ', ['Family', 'work', 'Öst']],
	['', []],
	['★, !', 'tag_letters'],
	['a'.repeat(41), 'tag_long'],
	[Array.from({ length: 13 }, (_, n) => `t${n}`).join(), 'tags_many']
])('“%s” are these tags', (typed, expected) => {
	const { data, error } = tagNames.safeParse(typed);
	expect(data ?? error!.issues[0]!.message).toEqual(expected);
});

it('boxes that are ticked count with what is typed', () => {
	const id = crypto.randomUUID();
	const form = { name: '', language: 'nl', version: '1', guests: { 0: { name: 'Riet' } } };
	const { data } = ChangedHousehold.safeParse({ ...form, tags: 'Work', picked: { [id]: 'on' } });
	expect(data).toMatchObject({ tags: ['Work'], picked: [id] });
});
