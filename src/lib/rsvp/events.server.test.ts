import { describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { EventDetails, NewEvent } from './event.schema.ts';
import * as asked from './asked.server.ts';
import * as events from './events.server.ts';
import * as invited from './invited.server.ts';

const typed = {
	...{ name: { en: 'Dinner', nl: '' }, startsAt: '2066-06-12T18:00', endsAt: '2066-06-12T23:30' },
	...{ place: 'The barn', address: 'Dorpsstraat 1', mapUrl: '', dressCode: { en: '', nl: '' } },
	...{ note: { en: '', nl: '' }, meals: { 0: { en: 'Soup', nl: 'Soep' }, 1: { en: '', nl: '' } } },
	asked: 'everybody'
};
const dinner = NewEvent.parse(typed);

async function makeTom(weddingId: string) {
	const data = { weddingId, name: 'Tom', language: 'en', code: crypto.randomUUID() };
	const guests = { create: { weddingId, name: 'Tom' } };
	return db.household.create({ data: { ...data, guests }, include: { guests: true } });
}

describe('an event', () => {
	it('begins when the clock at the wedding says so, and has its menu', async () => {
		const { couple, helper } = await makeWedding();
		const id = await events.add(couple, dinner);
		const [found] = await events.list(helper);
		expect(found).toMatchObject({ id, guests: 2, startsAt: new Date('2066-06-12T16:00:00Z') });
		expect(found!.meals).toMatchObject([{ name: { en: 'Soup', nl: 'Soep' }, isForChildren: false }]);
	});

	it.each([
		['over midnight', ['2066-06-12T22:00', '2066-06-13T02:00'], ['2066-06-12T20:00Z', '2066-06-13T00:00Z']],
		['into the hour that is skipped', ['2027-03-28T02:30', ''], ['2027-03-28T01:30Z', null]],
		['across it', ['2027-03-28T01:30', '2027-03-28T03:30'], ['2027-03-28T00:30Z', '2027-03-28T01:30Z']],
		['into the hour that is repeated', ['2027-10-31T02:30', ''], ['2027-10-31T00:30Z', null]],
		['across that', ['2027-10-31T01:30', '2027-10-31T03:30'], ['2027-10-30T23:30Z', '2027-10-31T02:30Z']]
	])('is moved %s', async (_, [startsAt, endsAt], [starts, ends]) => {
		const { couple } = await makeWedding();
		const id = await events.add(couple, dinner);
		await events.edit(couple, id, EventDetails.parse({ ...typed, startsAt, endsAt }));
		expect(await events.get(couple, id)).toMatchObject({
			startsAt: new Date(starts!),
			endsAt: ends && new Date(ends)
		});
	});

	it('does not end before it begins because summer time begins meanwhile', async () => {
		const { couple } = await makeWedding();
		const id = await events.add(couple, dinner);
		const night = { startsAt: '2027-03-28T02:30', endsAt: '2027-03-28T03:10' };
		await expect(events.edit(couple, id, EventDetails.parse({ ...typed, ...night }))).rejects.toMatchObject({
			...{ status: 409, code: 'event_hour_skipped', params: { endsAt: night.endsAt } }
		});
		expect((await events.get(couple, id)).startsAt).toEqual(new Date('2066-06-12T16:00:00Z'));
	});

	it('keeps a meal that is named again, takes off one whose names are cleared, and adds a new one', async () => {
		const { couple } = await makeWedding();
		const id = await events.add(couple, dinner);
		const [soup] = (await events.get(couple, id)).meals;
		const meals = { 0: { id: soup!.id, en: 'Soup of the day', nl: '' }, 1: { en: 'Fish', nl: '' } };
		await events.edit(couple, id, EventDetails.parse({ ...typed, meals }));
		const after = (await events.get(couple, id)).meals;
		expect(after.map(({ name }) => name.en)).toEqual(['Soup of the day', 'Fish']);
		expect(after[0]!.id).toBe(soup!.id);
		await events.edit(couple, id, EventDetails.parse({ ...typed, meals: {} }));
		expect((await events.get(couple, id)).meals).toEqual([]);
	});

	it('is seen by the households that are asked to it, and by nobody else', async () => {
		const { couple, guest, weddingId } = await makeWedding();
		const tom = await makeTom(weddingId);
		const asTom = { role: 'guest', weddingId, householdId: tom.id } as const;
		const id = await events.add(couple, { ...dinner, asked: 'nobody' });
		expect([await events.listOwn(guest), await events.listOwn(asTom)]).toEqual([[], []]);
		await invited.select(couple, id, { households: [tom.id], isAsked: true });
		expect([await events.listOwn(guest), await events.listOwn(asTom)]).toMatchObject([[], [{ id }]]);
		expect(await events.listOwn({ role: 'guest', weddingId })).toEqual([]);
		await invited.ask(couple, id, { asked: 'everybody', tags: [] });
		expect(await events.listOwn(guest)).toHaveLength(1);
		await invited.select(couple, id, { households: [tom.id], isAsked: false });
		expect(await events.listOwn(asTom)).toEqual([]);
	});

	it('is asked to guest by guest on the page of a household, which has no others', async () => {
		const { couple, household, weddingId, riet, wim } = await makeWedding();
		const tom = await makeTom(weddingId);
		const other = await makeWedding();
		const id = await events.add(couple, dinner);
		const foreign = await events.add(other.couple, dinner);
		const set = (chosen: Record<string, Record<string, string>>) =>
			asked.set(couple, household.id, { asked: chosen, answersUntil: '2066-05-01T12:00' });
		await set({ [id]: { [wim.id]: 'on' } });
		expect(await asked.get(couple, household.id)).toMatchObject({
			...{ pairs: [{ eventId: id, guestId: wim.id }], answersUntil: '2066-05-01T12:00' }
		});
		for (const wrong of [{ [id]: { [tom.guests[0]!.id]: 'on' } }, { [foreign]: { [riet.id]: 'on' } }])
			await expect(set(wrong)).rejects.toMatchObject({ status: 404 });
		expect((await asked.get(couple, household.id)).pairs).toHaveLength(1);
		expect((await asked.get(couple, tom.id)).pairs).toHaveLength(1);
		await expect(invited.ask(couple, foreign, { asked: 'nobody', tags: [] })).rejects.toMatchObject({
			status: 404
		});
	});

	it('is made by the couple alone, and of another wedding it is nobody’s', async () => {
		const { couple, helper, guest } = await makeWedding();
		const other = await makeWedding();
		for (const viewer of [helper, guest])
			await expect(async () => events.add(viewer, dinner)).rejects.toMatchObject({ status: 403 });
		await expect(async () => events.list(guest)).rejects.toMatchObject({ status: 403 });
		const id = await events.add(other.couple, dinner);
		await expect(events.get(couple, id)).rejects.toMatchObject({ status: 404 });
		await expect(events.edit(couple, id, dinner)).rejects.toMatchObject({ status: 404 });
		await expect(events.remove(couple, id)).rejects.toMatchObject({ status: 404 });
		await events.remove(other.couple, id);
		expect(await events.list(other.couple)).toEqual([]);
	});
});

describe('what is typed of an event', () => {
	const issues = (more: object) =>
		NewEvent.safeParse({ ...typed, ...more }).error?.issues.map(({ path, message }) => [
			path.join('.'),
			message
		]);

	it('has a name in one language at least', () => {
		expect(issues({ name: { en: '', nl: 'Diner' } })).toBeUndefined();
		expect(issues({ name: { en: ' ', nl: '' } })).toEqual([['name.en', 'required']]);
	});

	it('ends after it begins, also past midnight', () => {
		expect(issues({ endsAt: '2066-06-13T02:00' })).toBeUndefined();
		expect(issues({ endsAt: '' })).toBeUndefined();
		expect(issues({ endsAt: '2066-06-12T17:00' })).toEqual([['endsAt', 'ends_before']]);
		expect(issues({ startsAt: '12 June' })).toEqual([['startsAt', 'time']]);
	});

	it('has a link that leads to a page over https', () => {
		for (const mapUrl of ['javascript:alert(1)', 'http://map.example', 'https://'])
			expect(issues({ mapUrl }), mapUrl).toEqual([['mapUrl', 'link']]);
		expect(issues({ mapUrl: 'https://www.openstreetmap.org/node/1' })).toBeUndefined();
	});
});
