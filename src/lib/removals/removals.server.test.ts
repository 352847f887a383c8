import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { path } from '../../testing/drill.ts';
import { acceptJobs } from '../../testing/fixtures.ts';
import { letHourPass } from '../../testing/removal.ts';
import { type Full, makeFull, rowsOf } from '../../testing/full-wedding.ts';
import * as erase from '../../operate/erase/erase.server.ts';
import * as voices from '../guestbook/voices.server.ts';
import { db } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as members from '../members/members.server.ts';
import * as households from '../people/households.server.ts';
import * as notes from '../people/notes.server.ts';
import * as people from '../people/removed.server.ts';
import * as recordings from '../recordings/recordings.server.ts';
import { sweep } from '../recordings/jobs.server.ts';
import * as returned from '../recordings/removed.server.ts';
import * as events from '../rsvp/events.server.ts';
import * as questions from '../rsvp/questions.server.ts';
import { system } from '../weddings/system.ts';
import * as removals from './removals.server.ts';

let ours: Full;
let anna: Viewer;
beforeAll(() => acceptJobs());
beforeEach(async () => {
	ours = await makeFull();
	anna = system(ours.weddingId);
	await settleDown(ours);
});
afterAll(jobs.stop);

const idOf = (model: string, n = 0) => ours.rows[model]![n]!.id as string;

/** So that nothing is left to be put in order when something goes. */
async function settleDown({ weddingId, rows }: Full) {
	const ids = ['Guest', 'Recording'].map((model) => rows[model]!.map(({ id }) => id as string));
	const homes = new Map<unknown, number>();
	for (const { id, householdId } of rows.Guest!) {
		const position = homes.get(householdId) ?? 0;
		homes.set(householdId, position + 1);
		await db.guest.update({ where: { id: id as string }, data: { position } });
	}
	for (const [n, id] of ids[1]!.entries())
		await db.recording.update({ where: { id }, data: { position: n + 1, sha256: Buffer.alloc(32) } });
	const eventId = idOf('Event');
	await db.event.update({ where: { id: eventId }, data: { capacity: 1 } });
	await db.wait.updateMany({ where: { weddingId }, data: { offeredPlaces: null, offeredUntil: null } });
	const asked = { weddingId, eventId, guestId: ids[0]![1]! };
	await db.invitation.createMany({ data: [asked], skipDuplicates: true });
	await db.reply.create({ data: { ...asked, state: 'waiting' } });
}

/** All of the wedding but who is signed in, also at a tablet, and what was noted. */
async function everything() {
	const { Session: _s, LoginLink: _l, LoginRequest: _r, AuditEntry: _a, ...all } = await rowsOf(ours);
	const { Upload: _u, SheetImport: _i, Removal: _v, SeatFinder: _f, Household, ...kept } = all;
	// a note is sealed anew each time
	const opened = Household!.map(({ noteSealed, ...home }) => {
		return { ...home, note: notes.open(home.id as string, noteSealed as Buffer | null) };
	});
	return { ...kept, Household: opened };
}

async function takeOff(...removed: string[]) {
	const id = idOf('Household');
	const household = await households.get(anna, id);
	const { name, language, address, phone, note, plusOnes, version } = household;
	const guests = household.guests
		.filter((guest) => !removed.includes(guest.id))
		.map(({ email, ...guest }) => ({ ...guest, email: email ?? undefined }));
	const told = { language: language as 'nl', address, phone, note: note ?? undefined, plusOnes, version };
	return (await households.edit(anna, id, { name, ...told, guests, removed }))!;
}

type Kind = [
	kind: string,
	remove: () => Promise<string>,
	restore: (id: string) => Promise<{ isWhole: boolean }>
];
const KINDS: Kind[] = [
	['household', () => households.remove(anna, idOf('Household')), (id) => people.restore(anna, id)],
	['guest with a plus-one', () => takeOff(ours.guest.id), (id) => people.restore(anna, id)],
	['guest who waits', () => takeOff(idOf('Guest', 1)), (id) => people.restore(anna, id)],
	['event', () => events.remove(anna, idOf('Event'), 9), (id) => events.restore(anna, id)],
	['question', () => questions.remove(anna, idOf('Question'), 9), (id) => questions.restore(anna, id)],
	[
		'recording',
		async () => (await recordings.remove(anna, idOf('Recording'))).removalId,
		(id) => returned.restore(anna, id)
	],
	['message', () => voices.remove(anna, idOf('Voice')), (id) => voices.restore(anna, id)],
	[
		'helper',
		async () => (await members.remove(anna, ours.accountIds[1]!)).id,
		(id) => members.restore(anna, id)
	]
];

describe('what was removed and is put back', () => {
	it.each(KINDS)('is as it was: a %s', async (kind, remove, restore) => {
		const before = await everything();
		const removalId = await remove();
		expect(await everything()).not.toEqual(before);
		expect(await restore(removalId)).toEqual({ isWhole: true });
		if (kind === 'event') {
			// calendars that took it out take it in again
			const where = { id: idOf('Event') };
			expect(await db.event.findUnique({ where })).toMatchObject({ sequence: 5 });
			await db.event.update({ where, data: { sequence: 3 } });
		}
		// their turn goes by when they answered; whether in part, they say again
		if (kind === 'guest who waits')
			await db.wait.updateMany({
				where: { weddingId: ours.weddingId },
				data: { comesInPart: true, askedAt: ours.rows.Wait![0]!.askedAt as Date }
			});
		expect(await everything()).toEqual(before);
		await expect(restore(removalId)).rejects.toMatchObject({ status: 409, code: 'removal_gone' });
	});

	it('is refused after an hour, and goes for good with its files', async () => {
		const { weddingId } = ours;
		const [recording, voice] = [idOf('Recording'), idOf('Voice')];
		const { removalId } = await recordings.remove(anna, recording);
		await voices.remove(anna, voice);
		await removals.tidy();
		await sweep();
		expect([recording, voice].map((id) => existsSync(path(id)))).toEqual([true, true]);
		await letHourPass(weddingId);
		await expect(returned.restore(anna, removalId)).rejects.toMatchObject({ code: 'removal_gone' });
		await removals.tidy();
		expect([recording, voice].map((id) => existsSync(path(id)))).toEqual([false, false]);
		expect(await db.removal.count({ where: { weddingId } })).toBe(0);
	});

	it('cannot be once somebody of the wedding is erased', async () => {
		const removalId = await questions.remove(anna, idOf('Question'), 9);
		await erase.guest(anna, ours.guest.id);
		await expect(questions.restore(anna, removalId)).rejects.toMatchObject({ code: 'removal_gone' });
	});

	it('is nothing of another wedding, nor of another kind, and nobody puts back who may not remove', async () => {
		const others = system((await makeFull()).weddingId);
		const removalId = await households.remove(anna, idOf('Household'));
		const gone = { status: 409, code: 'removal_gone' };
		await expect(people.restore(others, removalId)).rejects.toMatchObject(gone);
		await expect(events.restore(anna, removalId)).rejects.toMatchObject(gone);
		expect(await removals.find(others.weddingId, removalId, 'household')).toBeUndefined();
		expect(await removals.find(ours.weddingId, 'nonsense', 'household')).toBeUndefined();
		const planner = { ...anna, role: 'planner' as const };
		expect(() => people.restore(planner, removalId)).toThrow();
		expect(await removals.find(ours.weddingId, removalId, 'household')).toMatchObject({ id: removalId });
	});
});

describe('what has changed in between', () => {
	it('stays: a seat, a place at the event and who is gone by now', async () => {
		const { weddingId, rows } = ours;
		const [seat] = rows.Seat!;
		const tom = rows.Guest!.find(({ name }) => name === 'Tom')!.id as string;
		const removalId = await takeOff(ours.guest.id);
		const eventId = idOf('Event');
		await db.invitation.createMany({ data: [{ eventId, guestId: tom, weddingId }], skipDuplicates: true });
		await db.reply.create({ data: { eventId, guestId: tom, weddingId, state: 'yes' } });
		await db.seat.create({ data: { ...seat, guestId: tom } as never });
		expect(await people.restore(anna, removalId)).toEqual({ isWhole: false });
		expect(await db.seat.findMany({ where: { weddingId } })).toMatchObject([{ guestId: tom }]);
		expect(await db.reply.count({ where: { eventId, state: 'yes' } })).toBe(1);
		expect(await db.diet.count({ where: { guestId: ours.guest.id } })).toBe(1);
	});

	it.each<[what: string, code: string, change: () => Promise<unknown>]>([
		[
			'their address is another household’s',
			'email_elsewhere',
			() => db.guest.updateMany({ where: { name: 'Tom' }, data: { email: ours.guest.email } })
		],
		[
			'the household is gone',
			'removal_taken',
			() => db.household.delete({ where: { id: idOf('Household') } })
		],
		[
			'the household may bring nobody any more',
			'removal_plus_ones',
			() => db.household.update({ where: { id: idOf('Household') }, data: { plusOnes: 0 } })
		]
	])('refuses a guest, and changes nothing: %s', async (_, code, change) => {
		const removalId = await takeOff(ours.guest.id);
		await change();
		const before = await everything();
		await expect(people.restore(anna, removalId)).rejects.toMatchObject({ status: 409, code });
		expect(await everything()).toEqual(before);
	});

	it('refuses a plus-one whose host has gone since', async () => {
		const first = await takeOff(ours.guest.plusOne);
		await takeOff(ours.guest.id);
		await expect(people.restore(anna, first)).rejects.toMatchObject({ code: 'removal_taken' });
	});

	it('refuses a helper who was asked again', async () => {
		const [, accountId] = ours.accountIds;
		const { email } = await db.account.findUniqueOrThrow({ where: { id: accountId! } });
		const { id } = await members.remove(anna, accountId!);
		await members.add(anna, { email, role: 'helper' });
		await expect(members.restore(anna, id)).rejects.toMatchObject({ code: 'removal_taken' });
	});
});
