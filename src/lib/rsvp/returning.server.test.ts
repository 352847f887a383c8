import { beforeAll, expect, it } from 'vitest';
import { type Dinner, makeDinner } from '../../testing/dinner.ts';
import { acceptJobs, editHousehold } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as asked from './asked.server.ts';
import * as changes from './changes.server.ts';
import * as invited from './invited.server.ts';
import * as many from './many.server.ts';
import { Many } from './many.schema.ts';
import { Answers } from './reply.schema.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs('outbox.send', 'outbox.urgent'));

const nowhere = new URLSearchParams();

async function sayYes({ id, guest, ...dinner }: Dinner, name: 'riet' | 'wim') {
	const { version } = await replies.getOwn(guest);
	const said = { [id]: { [dinner[name].id]: { state: 'yes' } } };
	await replies.answer(guest, Answers.parse({ version, replies: said }));
}

const change = ({ couple, id: event, riet }: Dinner, typed: object) =>
	many.change(couple, Many.parse({ event, guests: { [riet.id]: 'on' }, ...typed }), nowhere);

/** A dinner for one to which Riet came; she is not asked any more, and then Wim comes, if he does. */
async function makeLeft({ isTaken = true } = {}) {
	const dinner = await makeDinner();
	await db.event.update({ where: { id: dinner.id }, data: { capacity: 1 } });
	await sayYes(dinner, 'riet');
	const { entryId } = await change(dinner, { act: 'uninvite' });
	if (isTaken) await sayYes(dinner, 'wim');
	return { ...dinner, entryId };
}
type Left = Awaited<ReturnType<typeof makeLeft>>;

async function comes({ id: eventId, riet, wim }: Dinner): Promise<boolean[]> {
	const found = await db.reply.findMany({ where: { eventId, state: 'yes' } });
	return [riet, wim].map((guest) => found.some(({ guestId }) => guestId === guest.id));
}

const ways: [string, (left: Left) => Promise<unknown>][] = [
	['on the table', (left) => change(left, { act: 'invite' })],
	['because that is undone', ({ couple, entryId }) => many.undo(couple, entryId)],
	['with everybody', ({ couple, id }) => invited.ask(couple, id, { asked: 'everybody', tags: [] })],
	[
		'on the page of the household',
		({ couple, household, id, riet, wim }) =>
			asked.set(couple, household.id, {
				...{ asked: { [id]: { [riet.id]: 'on', [wim.id]: 'on' } }, answersUntil: null }
			})
	],
	[
		'with a group that the household joins',
		async ({ couple, household: { id: householdId, name }, id, weddingId }) => {
			const { id: tag } = await db.tag.create({ data: { weddingId, name: 'Family' } });
			await db.event.update({
				where: { id },
				data: { asking: 'tags', tags: { create: { tagId: tag, weddingId } } }
			});
			await editHousehold(couple, householdId, { name, language: 'nl', guests: [], tags: ['Family'] });
		}
	]
];

it.each(ways)(
	'who is asked again %s has no place that somebody else has now, and answers anew',
	async (_, ask) => {
		const left = await makeLeft();
		await ask(left);
		expect(await comes(left)).toEqual([false, true]);
		const { replies: said, places } = await replies.getOwn(left.guest);
		expect([said[left.id]![left.riet.id], places[left.id]]).toEqual([undefined, 0]);
		await expect(sayYes(left, 'riet')).rejects.toMatchObject({ code: 'event_full' });
		const [last] = await changes.list(left.couple, left.household.id);
		expect(last).toMatchObject({
			replies: [{ guest: 'Riet', from: { state: 'yes' }, to: { state: null } }],
			by: left.couple.email
		});
	}
);

it.each(ways)('who is asked again %s comes as before where there is room', async (_, ask) => {
	const left = await makeLeft({ isTaken: false });
	await ask(left);
	expect(await comes(left)).toEqual([true, false]);
});

it('the couple that takes its last change back gives no place twice either', async () => {
	const dinner = await makeDinner();
	const { couple, id, household, weddingId } = dinner;
	await db.event.update({ where: { id }, data: { capacity: 1 } });
	await sayYes(dinner, 'riet');
	const host = { weddingId, name: 'Tom', language: 'en', code: crypto.randomUUID() };
	const tom = await db.household.create({
		data: { ...host, guests: { create: { weddingId, name: 'Tom' } } }
	});
	await invited.select(couple, id, { households: [household.id], isAsked: false });
	const { change: last } = await invited.look(couple, id);
	const [guest] = await db.guest.findMany({ where: { householdId: tom.id } });
	await db.invitation.create({ data: { eventId: id, guestId: guest!.id, weddingId } });
	const viewer = { role: 'guest', weddingId, householdId: tom.id } as const;
	const { version } = await replies.getOwn(viewer);
	const said = { [id]: { [guest!.id]: { state: 'yes' } } };
	await replies.answer(viewer, Answers.parse({ version, replies: said }));
	await invited.undo(couple, id, last!.id);
	expect(await comes(dinner)).toEqual([false, false]);
});
