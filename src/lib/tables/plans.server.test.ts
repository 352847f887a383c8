import { beforeEach, describe, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../testing/barn.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import { Answers } from '../rsvp/reply.schema.ts';
import * as replies from '../rsvp/replies.server.ts';
import * as freed from './freed.server.ts';
import * as plans from './plans.server.ts';
import * as room from './room.server.ts';
import * as seating from './seating.server.ts';
import * as sheet from './sheet.server.ts';
import * as shown from './shown.server.ts';
import * as wishes from './wishes.server.ts';

let barn: Barn;
beforeEach(async () => void (barn = await makeBarn()));
describe('a plan', () => {
	it('is copied with its seats; one counts; it comes back once it is removed', async () => {
		const { couple, id: eventId } = barn;
		await barn.seat(['Riet'], 1, 2);
		const fixture = { kind: 'dance' as const, name: '', x: 1, y: 1, width: 10, height: 10, rotation: 0 };
		await room.addFixture(couple, barn.plan, fixture);
		const copy = await plans.copy(couple, barn.plan, 'Garden');
		expect(await barn.seats(copy)).toEqual(['Riet 2.2']);
		expect((await room.look(couple, copy)).fixtures).toMatchObject([fixture]);
		const chosen = async () => {
			const [event] = await plans.list(couple);
			return event!.plans.map(({ name, isChosen }) => `${name} ${isChosen}`);
		};
		expect(await chosen()).toEqual(['Barn true', 'Garden false']);
		await plans.choose(couple, copy);
		expect(await chosen()).toEqual(['Garden true', 'Barn false']);
		await plans.remove(couple, copy);
		expect(await chosen()).toEqual(['Barn true']);
		await plans.restore(couple, copy);
		expect(await chosen()).toEqual(['Barn true', 'Garden false']);
		const [event] = await plans.list(couple);
		expect(event).toMatchObject({
			id: eventId,
			coming: 0,
			silent: 5,
			plans: [{ tables: 2, seats: 8, seated: 1 }, {}]
		});
	});

	it('is read by helpers and changed by the couple, each of its own wedding', async () => {
		const { couple: others } = await makeWedding();
		const acts: ((viewer: Viewer) => Promise<unknown>)[] = [
			(viewer) => plans.edit(viewer, barn.plan, { name: 'x', width: 100, height: 100 }),
			(viewer) => plans.remove(viewer, barn.plan),
			(viewer) => room.addTables(viewer, barn.plan, { shape: 'round', seats: 1, count: 1 }),
			(viewer) =>
				seating.seat(viewer, barn.plan, {
					guests: [barn.ids.Riet!],
					households: [],
					tableId: barn.tables[0]
				}),
			(viewer) => freed.dismiss(viewer, barn.plan)
		];
		for (const act of acts) {
			for (const viewer of [barn.guest, barn.helper])
				await expect((async () => act(viewer))()).rejects.toMatchObject({ status: 403 });
			await expect(act(others)).rejects.toMatchObject({ status: 404, code: 'plan_not_found' });
		}
		expect(await plans.get(barn.helper, barn.plan)).toMatchObject({ name: 'Barn' });
		await expect(plans.get(barn.guest, barn.plan)).rejects.toMatchObject({ status: 403 });
		await expect(sheet.make(barn.helper, barn.plan)).rejects.toMatchObject({ status: 403 });
	});
});

describe('a wish', () => {
	const wish = { kind: 'far' as const, isHard: false, one: 'riet', other: 'The three', table: undefined };
	const add = (more: object = {}) => wishes.add(barn.couple, barn.plan, { ...wish, ...more });
	const list = async () =>
		(await wishes.list(barn.couple, barn.id)).map((one) => [
			one.name,
			one.kind,
			one.otherName || one.tableNumber
		]);

	it('is about whoever is typed, and goes with them', async () => {
		const { couple, weddingId } = barn;
		await add({ isHard: true });
		await add({ kind: 'at', one: 'Bo', other: '', table: 2 });
		expect(await list()).toEqual([
			['Riet', 'far', 'The three'],
			['Bo', 'at', 2]
		]);
		const [family, work] = (await db.tag.createManyAndReturn({
			data: ['Family', 'Work'].map((name) => ({ weddingId, name }))
		})) as unknown as [{ id: string }, { id: string }];
		await add({ kind: 'near', one: 'Group: family', other: 'wim' });
		await db.$transaction((tx) => wishes.merge(couple, { id: family.id, into: work.id }, tx));
		expect((await list())[2]).toEqual(['Work', 'near', 'Wim']);
		await households.remove(couple, barn.home);
		expect(await list()).toEqual([['Work', 'near', 'Wim']]);
	});

	it.each<[string, object, object]>([
		['nobody', { one: 'Zeno' }, { code: 'wish_nobody', params: { one: 'Zeno' } }],
		['several', { one: 'i' }, { code: 'wish_several' }],
		['the same twice', { one: 'Bo', other: 'bo' }, { code: 'wish_same' }]
	])('about %s is refused', async (_, more, problem) => {
		await expect(add(more)).rejects.toMatchObject(problem);
		expect(await list()).toEqual([]);
	});
});

/** At an event before the dinner, with a plan of its own. */
async function seatAtLunch(name: string): Promise<string> {
	const { couple, weddingId, ids } = barn;
	const startsAt = new Date('2065-01-01T12:00Z');
	const { id: eventId } = await db.event.create({ data: { weddingId, name: { en: 'Lunch' }, startsAt } });
	await db.invitation.create({ data: { weddingId, eventId, guestId: ids[name]! } });
	const plan = await plans.add(couple, { eventId, name: 'Lawn', width: 500, height: 500 });
	await room.addTables(couple, plan, { shape: 'square', seats: 4, count: 1 });
	const [table] = (await room.look(couple, plan)).tables;
	await seating.seat(couple, plan, { guests: [ids[name]!], households: [], tableId: table!.id });
	return eventId;
}

it('guests see where they sit from the moment on that the couple says, and with whom if it wants', async () => {
	const { couple, guest } = barn;
	await barn.seat(['Riet', 'Bo'], 1);
	const show = (shownFrom: string | undefined, areCompanionsShown = false) =>
		shown.set(couple, { eventId: barn.id, shownFrom, areCompanionsShown });
	expect(await shown.listOwn(guest)).toEqual([]);
	await show('2066-01-01T10:00', true);
	expect(await shown.listOwn(guest)).toEqual([]);
	await show('2020-01-01T10:00');
	expect(await shown.listOwn(guest)).toMatchObject([{ number: 2, own: ['Riet'], companions: [] }]);
	await show('2020-01-01T10:00', true);
	const dinner = { eventId: barn.id, number: 2, own: ['Riet'], companions: ['Bo'] };
	expect(await shown.listOwn(guest)).toMatchObject([dinner]);
	const lunch = await seatAtLunch('Wim');
	expect(await shown.listOwn(guest)).toMatchObject([dinner]);
	await shown.set(couple, { eventId: lunch, shownFrom: '2020-01-01T10:00', areCompanionsShown: false });
	expect(await shown.listOwn(guest)).toMatchObject([{ eventId: lunch, number: 1, own: ['Wim'] }, dinner]);
	await shown.set(couple, { eventId: lunch, shownFrom: undefined, areCompanionsShown: false });
	await plans.choose(
		couple,
		await plans.add(couple, { eventId: barn.id, name: 'New', width: 100, height: 100 })
	);
	expect(await shown.listOwn(guest)).toEqual([]);
});

it('the kitchen reads who eats what at which seat', async () => {
	const { couple, guest, soup } = barn;
	const { version, song, message } = await replies.getOwn(guest);
	const said = {
		[barn.id]: { [barn.ids.Riet!]: { state: 'yes', mealId: soup.id }, [barn.ids.Wim!]: { state: 'yes' } }
	};
	await replies.answer(
		guest,
		Answers.parse({ version, song, message, replies: said, diets: { [barn.ids.Riet!]: 'No nuts' } })
	);
	await barn.seat(['Riet', 'Ida']);
	await seating.setNeeds(couple, barn.plan, { guestId: barn.ids.Riet!, highChair: false, wheelchair: true });
	expect(await sheet.make(couple, barn.plan)).toMatchObject({
		tables: [
			{
				number: 1,
				plates: [
					{ name: 'Riet', number: 1, meal: { en: 'Soup' }, diet: 'No nuts', wheelchair: true },
					{ name: 'Ida', number: 2, meal: null, diet: '', said: null }
				]
			},
			{ number: 2, plates: [] }
		],
		standing: [{ name: 'Wim' }]
	});
});
