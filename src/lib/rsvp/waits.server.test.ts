import { beforeAll, describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { asProblem, db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { compose } from '../outbox/letters.server.ts';
import * as households from '../people/households.server.ts';
import * as asked from './asked.server.ts';
import * as deadlines from './deadlines.server.ts';
import { EventDetails } from './event.schema.ts';
import * as events from './events.server.ts';
import * as invited from './invited.server.ts';
import { settling } from './jobs.server.ts';
import { Answers, Deadlines } from './reply.schema.ts';
import * as replies from './replies.server.ts';
import * as waits from './waits.server.ts';

beforeAll(() => acceptJobs());

const words = { en: '', nl: '' };
const detail = (capacity: string, more: object = {}) =>
	EventDetails.parse({
		...{ name: { en: 'Dinner', nl: '' }, startsAt: '2066-06-12T18:00', endsAt: '', place: '', address: '' },
		...{ mapUrl: '', dressCode: words, note: words, meals: {}, capacity, ...more }
	});

type Party = { viewer: Viewer; ids: string[]; householdId: string };

/** A dinner with so many places, and households of these sizes who are asked to it. */
async function makeDinner(capacity: number, sizes: number[]) {
	const { weddingId, couple, household } = await makeWedding();
	await db.household.delete({ where: { id: household.id } });
	const parties: Party[] = [];
	for (const [n, size] of sizes.entries()) {
		const guests = Array.from({ length: size }, (_, position) => ({
			...{ weddingId, name: `Guest ${n}.${position}`, position },
			email: position === 0 ? `guest-${n}-${weddingId}@example.org` : null
		}));
		const data = { weddingId, name: `Household ${n}`, language: 'en', code: crypto.randomUUID() };
		const made = await db.household.create({
			data: { ...data, guests: { create: guests } },
			include: { guests: { orderBy: { position: 'asc' } } }
		});
		const ids = made.guests.map(({ id }) => id);
		const viewer: Viewer = { role: 'guest', weddingId, householdId: made.id, guestId: ids[0]! };
		parties.push({ viewer, ids, householdId: made.id });
	}
	const id = await events.add(couple, { ...detail(String(capacity)), asked: 'everybody' });
	return { weddingId, couple, id, parties: parties as [Party, Party, Party, ...Party[]] };
}
type Dinner = Awaited<ReturnType<typeof makeDinner>>;

type Said = { state?: 'yes' | 'no' | 'waiting'; wait?: 'whole' | 'part'; of?: string[] };

/** As from a page that was opened just now: the same for all of the household, or for those of it. */
async function say({ id }: Dinner, { viewer, ids }: Party, { state = 'yes', wait, of = ids }: Said = {}) {
	const { version, song, message } = await replies.getOwn(viewer);
	const replied = { [id]: Object.fromEntries(of.map((guest) => [guest, { state }])) };
	const waiting = wait && { [id]: wait };
	await replies.answer(viewer, Answers.parse({ version, song, message, replies: replied, waits: waiting }));
}

const count = ({ id }: Dinner, state: 'yes' | 'no' | 'waiting') =>
	db.reply.count({ where: { eventId: id, state } });

/** To whom how many places are offered, by the household's number. */
async function offered({ couple, id, parties }: Dinner): Promise<Record<number, number>> {
	const found = (await waits.list(couple, id)).filter(({ offeredUntil }) => offeredUntil);
	const place = (householdId: string) => parties.findIndex((party) => party.householdId === householdId);
	return Object.fromEntries(found.map((one) => [place(one.householdId), one.offeredPlaces!]));
}

/** As if two days had gone by. */
async function runOut({ id }: Dinner) {
	const where = { eventId: id, offeredUntil: { not: null } };
	await db.wait.updateMany({ where, data: { offeredUntil: new Date('2020-01-01') } });
	await settling.work();
}

const mails = ({ householdId }: Party) => letterbox.count({ householdId, kind: 'place' });

/** As somebody does whom a busy machine has told to try again. */
async function insist(act: () => Promise<unknown>): Promise<void> {
	for (;;) {
		try {
			return void (await act());
		} catch (error) {
			if ((asProblem(error) as { code?: string }).code !== 'busy') throw error;
		}
	}
}

describe('the last place', () => {
	it('is given once to twenty who answer at the same time; the others wait in their order, and are offered it once', async () => {
		const dinner = await makeDinner(
			1,
			Array.from({ length: 20 }, () => 1)
		);
		const { parties, couple, id } = dinner;
		await Promise.all(parties.map((party) => insist(() => say(dinner, party, { wait: 'whole' }))));
		expect([await count(dinner, 'yes'), await count(dinner, 'waiting')]).toEqual([1, 19]);
		const order = await waits.list(couple, id);
		expect(order.map(({ askedAt }) => askedAt)).toEqual(order.map(({ askedAt }) => askedAt).toSorted());

		const { guestId } = await db.reply.findFirstOrThrow({ where: { eventId: id, state: 'yes' } });
		const winner = parties.find(({ ids }) => ids.includes(guestId))!;
		await say(dinner, winner, { state: 'no' });
		const first = parties.findIndex(({ householdId }) => householdId === order[0]!.householdId);
		expect(await offered(dinner)).toEqual({ [first]: 1 });
		expect(await letterbox.count({ kind: 'place', weddingId: dinner.weddingId })).toBe(1);
		// it is held: whoever comes now waits behind the others
		await expect(say(dinner, winner)).rejects.toMatchObject({ status: 409, code: 'event_full' });
		await waits.take(parties[first]!.viewer, { event: id, guests: {} });
		expect([await count(dinner, 'yes'), await count(dinner, 'waiting')]).toEqual([1, 18]);
	});

	it('is given once to six who answer at the same time and would not wait', async () => {
		const dinner = await makeDinner(1, [1, 1, 1, 1, 1, 1]);
		const sent = dinner.parties.map((party) => insist(() => say(dinner, party)));
		const refused = (await Promise.allSettled(sent)).filter(({ status }) => status === 'rejected');
		const full = { reason: { status: 409, code: 'event_full' } };
		expect(refused).toMatchObject(Array(5).fill(full));
		expect(await count(dinner, 'yes')).toBe(1);
	});

	it('is asked for in vain by whoever would not wait, and nothing of that form is stored', async () => {
		const dinner = await makeDinner(2, [2, 2]);
		const [one, two] = dinner.parties;
		await say(dinner, one);
		await expect(say(dinner, two)).rejects.toMatchObject({ status: 409, code: 'event_full' });
		expect((await replies.getOwn(two.viewer)).replies).toEqual({});
		expect((await replies.getOwn(two.viewer)).places).toEqual({ [dinner.id]: 0 });
		// two of the same household change places
		await say(dinner, one, { state: 'no', of: [one.ids[0]!] });
		await say(dinner, one, { of: [one.ids[0]!] });
		expect(await count(dinner, 'yes')).toBe(2);
	});
});

describe('who waits', () => {
	it('is offered a free place in turn: the first who fits, whole or in part as they said', async () => {
		const dinner = await makeDinner(2, [2, 3, 3, 1]);
		const { parties, id } = dinner;
		const [home, whole, part, alone] = parties as [Party, Party, Party, Party];
		await say(dinner, home);
		await say(dinner, whole, { wait: 'whole' });
		await say(dinner, part, { wait: 'part' });
		await say(dinner, alone, { wait: 'whole' });
		await say(dinner, home, { state: 'no', of: [home.ids[0]!] });
		expect(await offered(dinner)).toEqual({ 2: 1 });
		expect([await mails(part), await mails(alone)]).toEqual([1, 0]);
		const { viewer, ids } = part;
		const choose = (guests: string[]) =>
			waits.take(viewer, { event: id, guests: Object.fromEntries(guests.map((id) => [id, 'on'])) });
		await expect(choose([])).rejects.toMatchObject({ status: 409, code: 'offer_choose' });
		await expect(choose(ids.slice(0, 2))).rejects.toMatchObject({ status: 409, code: 'offer_choose' });
		await expect(choose([alone.ids[0]!])).rejects.toMatchObject({ status: 404 });
		await choose([ids[2]!]);
		const { replies: said } = await replies.getOwn(viewer);
		expect(ids.map((guest) => said[id]![guest]!.state)).toEqual(['waiting', 'waiting', 'yes']);
		expect(await offered(dinner)).toEqual({});
		// the rest of them is still before the last
		await say(dinner, home, { state: 'no' });
		expect(await offered(dinner)).toEqual({ 2: 1 });
	});

	it('has two days; then nothing is said of them, and the next is asked', async () => {
		const dinner = await makeDinner(1, [1, 1, 1]);
		const { parties, id } = dinner;
		const [first, second, third] = parties;
		await say(dinner, first);
		await say(dinner, second, { wait: 'whole' });
		await say(dinner, third, { wait: 'whole' });
		await say(dinner, first, { state: 'no' });
		const { offeredUntil } = (await replies.getOwn(second.viewer)).waits[id]!;
		const [{ hours }] = await db.$queryRaw<[{ hours: number }]>`
			SELECT extract(epoch FROM ${offeredUntil} - now()) / 3600 AS hours`;
		expect(Number(hours)).toBeGreaterThan(47.9);
		await runOut(dinner);
		expect(await offered(dinner)).toEqual({ 2: 1 });
		const late = waits.take(second.viewer, { event: id, guests: {} });
		await expect(late).rejects.toMatchObject({ status: 409, code: 'offer_over' });
		expect((await replies.getOwn(second.viewer)).replies).toEqual({});
		await runOut(dinner);
		expect(await offered(dinner)).toEqual({});
		// nobody waits: it is anybody's
		await say(dinner, second);
		expect(await count(dinner, 'yes')).toBe(1);
	});

	it('declines and gives it to the next, or says no while they wait', async () => {
		const dinner = await makeDinner(1, [1, 1, 1, 1]);
		const { parties, id } = dinner;
		const [home, second, third, fourth] = parties as [Party, Party, Party, Party];
		await say(dinner, home);
		for (const party of [second, third, fourth]) await say(dinner, party, { wait: 'whole' });
		await say(dinner, third, { state: 'no' });
		await say(dinner, home, { state: 'no' });
		await waits.decline(second.viewer, { event: id });
		expect(await offered(dinner)).toEqual({ 3: 1 });
		expect((await replies.getOwn(second.viewer)).replies[id]![second.ids[0]!]!.state).toBe('no');
	});

	it('keeps their turn when they look and save again, and says by the same form how they would come', async () => {
		const dinner = await makeDinner(1, [1, 2, 1]);
		const [home, family, last] = dinner.parties;
		await say(dinner, home);
		await say(dinner, family, { wait: 'whole' });
		await say(dinner, last, { wait: 'whole' });
		await say(dinner, family, { state: 'waiting', wait: 'part' });
		await say(dinner, home, { state: 'no' });
		expect(await offered(dinner)).toEqual({ 1: 1 });
		// and takes it there too
		await say(dinner, family, { of: [family.ids[1]!] });
		expect([await count(dinner, 'yes'), await count(dinner, 'waiting')]).toEqual([1, 2]);
		expect(await offered(dinner)).toEqual({});
	});

	it('takes what is offered after the deadline too, and the letter says until when', async () => {
		const dinner = await makeDinner(1, [1, 1]);
		const { parties, couple, id } = dinner;
		const [home, next] = parties;
		await say(dinner, home);
		await say(dinner, next, { wait: 'whole' });
		await say(dinner, home, { state: 'no' });
		await deadlines.set(couple, Deadlines.parse({ answersUntil: '2020-01-01T12:00', detailsUntil: '' }));
		const mail = await letterbox.get({ householdId: next.householdId, kind: 'place' });
		const letter = (await compose('place')(mail))!;
		expect(letter.paragraphs.join('\n')).toMatch(/A place has come free for you: Dinner.*until \d/);
		await waits.take(next.viewer, { event: id, guests: {} });
		expect(await count(dinner, 'yes')).toBe(1);
		expect(await compose('place')(mail)).toBe(null);
	});

	it('says so to nobody: only the couple sees the list, and only a household its own place', async () => {
		const dinner = await makeDinner(1, [1, 1]);
		const [home, next] = dinner.parties;
		const other = await makeDinner(1, [1]);
		expect(() => waits.list(home.viewer, dinner.id)).toThrow('403');
		expect(await waits.list(other.couple, dinner.id)).toEqual([]);
		await expect(waits.take(next.viewer, { event: dinner.id, guests: {} })).rejects.toMatchObject({
			status: 409
		});
		await expect(waits.take(next.viewer, { event: other.id, guests: {} })).rejects.toMatchObject({
			status: 409
		});
	});
});

describe('a place becomes free', () => {
	const free: [string, (dinner: Dinner) => Promise<unknown>][] = [
		['a household is removed', ({ couple, parties }) => households.remove(couple, parties[0].householdId)],
		[
			'a guest is removed',
			async ({ couple, parties: [{ householdId, ids }] }) => {
				const { version, guests, name } = await households.get(couple, householdId);
				const kept = guests.filter(({ id }) => id !== ids[0]);
				const details = { name, language: 'en' as const, version, guests: kept, removed: [ids[0]!] };
				await households.edit(couple, householdId, details);
			}
		],
		[
			'a household is not asked any more',
			({ couple, id, parties: [{ householdId }] }) =>
				invited.select(couple, id, { households: [householdId], isAsked: false })
		],
		[
			'a guest is not asked any more',
			({ couple, parties: [{ householdId }] }) =>
				asked.set(couple, householdId, { asked: {}, answersUntil: null })
		],
		['there is more room', ({ couple, id }) => events.edit(couple, id, detail('3'))],
		['there is room for all', ({ couple, id }) => events.edit(couple, id, detail(''))]
	];
	it.each(free)('when %s', async (_, act) => {
		const dinner = await makeDinner(2, [2, 1]);
		const [home, next] = dinner.parties;
		await say(dinner, home);
		await say(dinner, next, { wait: 'whole' });
		expect(await offered(dinner)).toEqual({});
		await act(dinner);
		expect(await offered(dinner)).toEqual({ 1: 1 });
		await waits.take(next.viewer, { event: dinner.id, guests: {} });
		expect((await replies.getOwn(next.viewer)).replies[dinner.id]![next.ids[0]!]!.state).toBe('yes');
	});
});
