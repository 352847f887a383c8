import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Dinner, makeDinner } from '../../testing/dinner.ts';
import { acceptJobs, editHousehold } from '../../testing/fixtures.ts';
import * as letterbox from '../../testing/letterbox.ts';
import { DAY, MINUTE } from '../kernel/clock.ts';
import { db, now } from '../kernel/db/db.server.ts';
import { toLocal } from '../kernel/text/local-time.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import { compose } from '../outbox/letters.server.ts';
import { running } from '../outbox/running.server.ts';
import * as households from '../people/households.server.ts';
import { Answers } from '../rsvp/reply.schema.ts';
import * as replies from '../rsvp/replies.server.ts';
import { sending } from './jobs.server.ts';
import * as reminders from './reminders.server.ts';
import { NewReminder } from './reminder.schema.ts';
import { tables } from './tables.server.ts';

beforeAll(() => acceptJobs('outbox.send', 'outbox.urgent'));

/** Without summer time: days of it are as long as ours. */
const timeZone = 'Asia/Kolkata';

let dinner: Dinner;
/** a minute ago */
let moment: Date;
const after = (seconds: number) => new Date(moment.getTime() + seconds * 1000);

/** A household that was invited long ago, and a reminder three days before the deadline whose moment was a minute ago. */
beforeEach(async () => {
	dinner = await makeDinner();
	const { couple, weddingId, household } = dinner;
	await db.wedding.update({ where: { id: weddingId }, data: { timeZone } });
	moment = new Date((await now()).getTime() - MINUTE * 1000);
	await db.deadline.create({ data: { weddingId, answersUntil: after(3 * DAY) } });
	await db.household.update({ where: { id: household.id }, data: { invitedAt: after(-9 * DAY) } });
	await plan(3);
	expect(await reminders.list(couple)).toMatchObject([{ daysBefore: 3, sent: 0 }]);
});

async function plan(daysBefore: number) {
	const time = toLocal(moment, timeZone).slice(11);
	await reminders.plan(dinner.couple, NewReminder.parse({ daysBefore: String(daysBefore), time }));
	await db.reminder.updateMany({ data: { plannedAt: after(-9 * DAY) } });
}

const work = () => sending.work({}, new AbortController().signal);
const sent = async () => {
	await work();
	return (await letterbox.list({ weddingId: dinner.weddingId, kind: 'reminder' })).map(
		({ address }) => address
	);
};

async function answer() {
	const { version, guests } = await replies.getOwn(dinner.guest);
	const said = Object.fromEntries(guests.map(({ id }) => [id, { state: 'no' }]));
	await replies.answer(dinner.guest, Answers.parse({ version, replies: { [dinner.id]: said } }));
}

describe('a reminder whose moment has come', () => {
	it('goes to each address of a silent household, as one run, and is counted', async () => {
		expect(await sent()).toEqual([dinner.email]);
		expect(await db.run.findMany({ where: { weddingId: dinner.weddingId } })).toMatchObject([
			{ kind: 'reminder' }
		]);
		expect(await reminders.list(dinner.couple)).toMatchObject([{ sent: 1, sentAt: expect.any(Date) }]);
	});

	it('goes once, however often it is looked at and by however many', async () => {
		await Promise.all([work(), work()]);
		expect(await sent()).toHaveLength(1);
	});

	it('does not go to who has answered', async () => {
		await answer();
		expect(await sent()).toEqual([]);
	});

	it('is not sent any more when they answer while it is on its way, and says who is missing when a part has', async () => {
		await sent();
		const [mail] = await letterbox.list({ weddingId: dinner.weddingId, kind: 'reminder' });
		expect((await compose('reminder')(mail!))!.paragraphs.join(' ')).toContain('You can answer until');
		await answer();
		expect(await compose('reminder')(mail!)).toBeNull();
	});

	it('leaves to the silent alone, of whom one answers between queueing and sending', async () => {
		const { weddingId, couple, id: eventId } = dinner;
		const add = async (name: string) => {
			const email = `${name.toLowerCase()}-${crypto.randomUUID()}@example.org`;
			const home = await households.add(couple, { name, language: 'en', guests: [{ name, email }] });
			await db.household.update({ where: { id: home }, data: { invitedAt: after(-9 * DAY) } });
			const { id: guestId } = await db.guest.findFirstOrThrow({ where: { householdId: home } });
			await db.invitation.createMany({ data: { weddingId, eventId, guestId }, skipDuplicates: true });
			return { email, guestId };
		};
		const [known, silent] = [await add('Known'), await add('Silent')];
		await db.reply.create({ data: { weddingId, eventId, guestId: known.guestId, state: 'yes' } });
		expect((await sent()).sort()).toEqual([silent.email, dinner.email].sort());
		await answer();
		const { id: runId } = await db.run.findFirstOrThrow({ where: { weddingId } });
		await running.work({ runId }, new AbortController().signal);
		const left = await letterbox.list({ weddingId, kind: 'reminder' });
		expect(left.map(({ address, state, reason }) => [address, state, reason]).sort()).toEqual(
			[
				[dinner.email, 'skipped', 'not_wanted'],
				[silent.email, 'sent', null]
			].sort()
		);
	});

	it.each<[string, () => Promise<unknown>]>([
		['after the deadline', () => deadline(-1)],
		['after a deadline of their own', () => own(-1)],
		['before the moment that their own deadline makes of it', () => own(5 * DAY)],
		['a day late', () => deadline(2 * DAY)],
		[
			'when it was planned after its moment',
			() => db.reminder.updateMany({ data: { plannedAt: after(30) } })
		],
		['to whom nobody has invited', () => invited(null)],
		['to who was invited yesterday', () => invited(after(-DAY))],
		['where there is no deadline', () => db.deadline.deleteMany({ where: { weddingId: dinner.weddingId } })],
		[
			'after a restore, when it may have gone before',
			() => db.$executeRawUnsafe(tables.Reminder.restore.update)
		]
	])('does not go %s', async (_, change) => {
		await change();
		expect(await sent()).toEqual([]);
	});

	it('goes by a household’s own deadline, though that of the others is over', async () => {
		await deadline(-1);
		await own(3 * DAY);
		expect(await sent()).toEqual([dinner.email]);
	});

	it('is the only one of the day', async () => {
		expect(await sent()).toHaveLength(1);
		await plan(4);
		await deadline(4 * DAY);
		expect(await sent()).toHaveLength(1);
	});
});

const deadline = (seconds: number) =>
	db.deadline.update({
		...{ where: { weddingId: dinner.weddingId }, data: { answersUntil: after(MINUTE + seconds) } }
	});
const own = (seconds: number) =>
	db.rsvp.create({
		data: {
			...{ householdId: dinner.household.id, weddingId: dinner.weddingId },
			answersUntil: after(MINUTE + seconds)
		}
	});
const invited = (invitedAt: Date | null) =>
	db.household.update({ where: { id: dinner.household.id }, data: { invitedAt } });

describe('the list of calls', () => {
	it('has the silent households that no mail reaches, to tick off', async () => {
		const { couple, household, riet } = dinner;
		expect(await reminders.look(couple)).toMatchObject({ names: [household.name], calls: [] });
		const { name } = household;
		const guests = [{ id: riet.id, name: riet.name, email: null }];
		await editHousehold(couple, household.id, { name, language: 'nl', guests, phone: '06 12 34' });
		const [call] = (await reminders.look(couple)).calls;
		expect(call).toMatchObject({
			id: household.id,
			phone: '06 12 34',
			guests: ['Riet', 'Wim'],
			calledAt: null
		});
		expect(await sent()).toEqual([]);

		await reminders.tick(couple, household.id, true);
		expect((await reminders.look(couple)).calls).toMatchObject([{ calledAt: expect.any(Date) }]);
		await reminders.tick(couple, household.id, false);
		expect((await reminders.look(couple)).calls).toMatchObject([{ calledAt: null }]);
		await expect(reminders.tick((await makeDinner()).couple, household.id, true)).rejects.toThrow(
			'household_not_found'
		);
		await answer();
		expect((await reminders.look(couple)).calls).toEqual([]);
	});

	it('has those who want no reminders, and none goes to them', async () => {
		const { weddingId, email: address, household, couple } = dinner;
		await suppressions.add(weddingId, { address, reason: 'unsubscribed', categories: ['reminders'] });
		expect(await reminders.look(couple)).toMatchObject({ names: [], calls: [{ id: household.id }] });
		expect(await sent()).toEqual([]);
		expect(await reminders.list(couple)).toMatchObject([{ sent: 0 }]);
	});

	it('has those whose only address bounced', async () => {
		const { weddingId, email, household, couple } = dinner;
		const about = {
			weddingId,
			kind: 'invitation',
			address: email,
			language: 'nl',
			householdId: household.id
		};
		await letterbox.create({ ...about, state: 'bounced' });
		expect(await reminders.look(couple)).toMatchObject({ names: [], calls: [{ id: household.id }] });
	});
});

describe('planning', () => {
	it('takes each moment once, and six of them', async () => {
		const { couple } = dinner;
		await expect(plan(3)).rejects.toThrow('reminder_known');
		for (const days of [4, 5, 6, 7, 8]) await plan(days);
		await expect(plan(9)).rejects.toThrow('reminders_full');
		expect((await reminders.list(couple)).map(({ daysBefore }) => daysBefore)).toEqual([8, 7, 6, 5, 4, 3]);
	});

	it('can be taken back, and what went stays counted as gone to them', async () => {
		await sent();
		const [{ id } = { id: '' }] = await reminders.list(dinner.couple);
		await expect(reminders.remove((await makeDinner()).couple, id)).rejects.toThrow('not_found');
		await reminders.remove(dinner.couple, id);
		await plan(3);
		expect(await sent()).toHaveLength(1);
	});

	it.each([
		['-1', '10:00'],
		['91', '10:00'],
		['2.5', '10:00'],
		['', '24:00'],
		['3', '10:60'],
		['3', '']
	])('refuses %s days at %s', (daysBefore, time) => {
		expect(NewReminder.safeParse({ daysBefore, time }).success).toBe(false);
	});
});
