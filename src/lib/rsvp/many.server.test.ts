import { beforeAll, describe, expect, it } from 'vitest';
import { makeDinner } from '../../testing/dinner.ts';
import { acceptJobs } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as tags from '../people/tags.server.ts';
import * as invited from './invited.server.ts';
import * as many from './many.server.ts';
import { Many } from './many.schema.ts';
import { Answers } from './reply.schema.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs());

const everywhere = new URLSearchParams();
const type = (typed: object) => Many.parse(typed);

describe('to many at once', () => {
	it('an invitation is taken back and given again, and undoing brings back what was, no more', async () => {
		const { couple, id: event, riet, wim } = await makeDinner();
		const asked = () => db.invitation.count({ where: { eventId: event } });
		await db.invitation.delete({ where: { eventId_guestId: { eventId: event, guestId: wim.id } } });
		const both = { [riet.id]: 'on', [wim.id]: 'on' };
		const done = await many.change(couple, type({ act: 'invite', event, guests: both }), everywhere);
		expect(done.count).toBe(1);
		expect(await asked()).toBe(2);
		await many.undo(couple, done.entryId);
		expect(await db.invitation.findMany({ where: { eventId: event } })).toMatchObject([{ guestId: riet.id }]);
		await expect(many.undo(couple, done.entryId)).rejects.toMatchObject({ status: 409 });
		const taken = await many.change(couple, type({ act: 'uninvite', event, all: 'on' }), everywhere);
		expect(await asked()).toBe(0);
		await many.undo(couple, taken.entryId);
		expect(await asked()).toBe(1);
	});

	it('all are those that the table shows, with the words that are typed', async () => {
		const { couple, id: event, wim, email } = await makeDinner();
		const typed = type({ act: 'uninvite', event, all: 'on', q: email });
		expect(await many.change(couple, typed, new URLSearchParams({ event }))).toMatchObject({ count: 1 });
		expect(await db.invitation.findMany({ where: { eventId: event } })).toMatchObject([{ guestId: wim.id }]);
		const nobody = type({ act: 'uninvite', event, all: 'on', q: 'somebody else' });
		await expect(many.change(couple, nobody, everywhere)).rejects.toMatchObject({ status: 409 });
	});

	it('households get another language and are marked as called, each as it was when that is undone', async () => {
		const { couple, household, riet } = await makeDinner();
		const guests = { [riet.id]: 'on' };
		const read = () => db.household.findUnique({ where: { id: household.id }, include: { rsvp: true } });
		const spoken = await many.change(couple, type({ act: 'language', language: 'en', guests }), everywhere);
		const called = await many.change(couple, type({ act: 'called', guests }), everywhere);
		expect(await read()).toMatchObject({ language: 'en', rsvp: { calledAt: expect.any(Date) } });
		expect(await many.change(couple, type({ act: 'called', guests }), everywhere)).toMatchObject({
			count: 0
		});
		for (const { entryId } of [spoken, called]) await many.undo(couple, entryId);
		expect(await read()).toMatchObject({ language: 'nl', rsvp: { calledAt: null } });
	});

	it('households join a group and are asked to what is for it, which undoing takes back, or leave it', async () => {
		const { couple, household, riet, wim, id: event, weddingId } = await makeDinner();
		const { id: tag } = await db.tag.create({ data: { weddingId, name: 'Family' } });
		await invited.ask(couple, event, { asked: 'tags', tags: [tag] });
		const guests = { [riet.id]: 'on', [wim.id]: 'on' };
		const read = async () => [
			(await tags.list(couple))[0]!.households,
			await db.invitation.count({ where: { eventId: event } })
		];
		const joined = await many.change(couple, type({ act: 'tag', tag, guests }), everywhere);
		expect([joined.count, ...(await read())]).toEqual([1, 1, 2]);
		const again = await many.change(couple, type({ act: 'tag', tag, guests }), everywhere);
		expect(again.count).toBe(0);
		await many.undo(couple, joined.entryId);
		expect(await read()).toEqual([0, 0]);
		await db.householdTag.create({ data: { weddingId, tagId: tag, householdId: household.id } });
		const left = await many.change(couple, type({ act: 'untag', tag, guests }), everywhere);
		expect(await read()).toEqual([0, 0]);
		await many.undo(couple, left.entryId);
		expect(await read()).toEqual([1, 0]);
		const other = await makeDinner();
		for (const viewer of [couple, other.couple])
			await expect(
				many.change(
					viewer,
					type({ act: 'tag', tag: crypto.randomUUID(), guests: { [riet.id]: 'on' } }),
					everywhere
				)
			).rejects.toMatchObject({ status: 409 });
		await expect(
			many.change(other.couple, type({ act: 'tag', tag, guests: { [other.riet.id]: 'on' } }), everywhere)
		).rejects.toMatchObject({ code: 'tag_gone' });
	});

	it('a group that is not there yet is made by its name, and one of that name is the same', async () => {
		const { couple, riet, wim, id: event } = await makeDinner();
		const join = (newTag: string, guest: string) =>
			many.change(couple, type({ act: 'tag', newTag, guests: { [guest]: 'on' } }), everywhere);
		const first = await join(' Choir ', riet.id);
		expect(first).toMatchObject({ count: 1 });
		expect(await join('CHOIR', wim.id)).toMatchObject({ count: 0 });
		expect(await tags.list(couple)).toMatchObject([{ name: 'Choir', households: 1 }]);
		const typed = { act: 'invite', event, newTag: 'Band', guests: { [riet.id]: 'on' } };
		await many.change(couple, type(typed), everywhere);
		expect(await tags.list(couple)).toHaveLength(1);
		await many.undo(couple, first.entryId);
		expect(await tags.list(couple)).toEqual([]);
		for (const newTag of ['!', 'x'.repeat(41)])
			expect(Many.safeParse({ act: 'tag', newTag }).success, newTag).toBe(false);
	});

	it('a place of whom the invitation is taken back is offered to whoever waits', async () => {
		const { couple, guest, id: event, riet, wim, weddingId } = await makeDinner();
		await db.event.update({ where: { id: event }, data: { capacity: 1 } });
		const code = crypto.randomUUID();
		const henk = await db.household.create({
			data: {
				...{ weddingId, name: 'Henk', language: 'nl', code },
				guests: {
					create: { weddingId, name: 'Henk', invitations: { create: { eventId: event, weddingId } } }
				}
			},
			include: { guests: true }
		});
		const henks = henk.guests[0]!.id;
		const say = async (viewer: typeof guest, guestId: string, more: object = {}) => {
			const { version } = await replies.getOwn(viewer);
			const said = { [event]: { [guestId]: { state: 'yes' } } };
			await replies.answer(viewer, Answers.parse({ version, replies: said, ...more }));
		};
		await say(guest, riet.id);
		const other = { ...guest, householdId: henk.id, guestId: henks };
		await say(other, henks, { waits: { [event]: 'whole' } });
		const offered = () => db.wait.count({ where: { eventId: event, offeredPlaces: { gt: 0 } } });
		expect(await offered()).toBe(0);
		await many.change(couple, type({ act: 'uninvite', event, guests: { [wim.id]: 'on' } }), everywhere);
		expect(await offered()).toBe(0);
		await many.change(couple, type({ act: 'uninvite', event, guests: { [riet.id]: 'on' } }), everywhere);
		expect(await offered()).toBe(1);
	});

	it('nothing happens to guests or events of another wedding, nor by a helper', async () => {
		const [{ couple, helper, riet, id: event }, other] = [await makeDinner(), await makeDinner()];
		const theirs = { [other.riet.id]: 'on' };
		for (const act of ['called', 'uninvite'])
			expect(await many.change(couple, type({ act, event, guests: theirs }), everywhere)).toMatchObject({
				count: 0
			});
		const typed = type({ act: 'uninvite', event: other.id, guests: { [riet.id]: 'on' } });
		await expect(many.change(couple, typed, everywhere)).rejects.toMatchObject({ status: 404 });
		await expect(many.change(helper, typed, everywhere)).rejects.toMatchObject({ status: 403 });
	});
});
