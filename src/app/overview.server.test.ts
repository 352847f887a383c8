import { expect, it } from 'vitest';
import * as letterbox from '../testing/letterbox.ts';
import { db } from '#lib/kernel/db/db.server.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';
import { makeScore, makeWedding } from '../testing/fixtures.ts';
import * as trail from '#lib/audit/trail.server.ts';
import { type Asked, countGuests } from '#lib/rsvp/answers.ts';
import type { ReplyState } from '#lib/rsvp/reply.ts';
import * as invitation from '#lib/messages/invitation.server.ts';
import * as overview from './overview.server.ts';

const tasks = async (viewer: Viewer) => (await overview.look(viewer, true)).tasks.map(({ title }) => title);

it('the couple is told what is left to do, of all domains, and no more of what is done', async () => {
	const { couple, weddingId, household, riet, email } = await makeWedding('');
	const [who, whenAndWhere] = ['Say who, when and where', 'Say when and where'];
	const recording = 'Upload the first recording';
	const programme = 'Say what happens when';
	expect(await tasks(couple)).toEqual([who, 'Invite one household', recording, programme]);
	await db.wedding.update({ where: { id: weddingId }, data: { names: 'Anna & Ben', place: '' } });
	const mail = { weddingId, kind: 'invitation', address: email, language: 'nl', householdId: household.id };
	await letterbox.create({ ...mail, state: 'failed', reason: 'refused' });
	await db.household.update({ where: { id: household.id }, data: { invitedAt: new Date() } });
	expect(await tasks(couple)).toEqual([
		whenAndWhere,
		expect.stringMatching(/^The email to riet-\S+ could not be delivered: refused$/),
		recording,
		programme
	]);
	await letterbox.update({ weddingId }, { state: 'unsure', reason: 'restored' });
	expect(await tasks(couple)).toEqual([
		whenAndWhere,
		`One household's email may not have been sent`,
		recording,
		programme
	]);
	await db.wedding.update({ where: { id: weddingId }, data: { place: 'Utrecht' } });
	await letterbox.remove({ weddingId });
	await makeScore(couple, riet.id);
	expect(await tasks(couple)).toEqual([programme]);
	await db.household.delete({ where: { id: household.id } });
	expect(await tasks(couple)).toEqual(['Add the first guests', programme]);
});

it('a helper is told only what a helper can do', async () => {
	const { helper } = await makeWedding('');
	expect(await tasks(helper)).toEqual(['Upload the first recording']);
});

it('the lines say how things stand, and lead there', async () => {
	const { couple, household, riet } = await makeWedding();
	await makeScore(couple, riet.id);
	const guests = { href: '/couple/guests', title: 'Guests' };
	const recordings = { href: '/couple/recordings', title: 'Recordings', text: expect.any(String), aside: 1 };
	const day = {
		href: '/',
		title: 'The day',
		text: expect.any(String),
		aside: expect.stringMatching(/^in .* days$/)
	};
	expect((await overview.look(couple)).lines).toEqual([
		day,
		{ ...guests, text: 'one household', aside: 2 },
		{ href: '/couple/guests?only=invited', title: 'Invited', aside: '0 of 1' },
		{ href: '/couple/guests?only=opened', title: 'Opened the site', aside: '0 of 1' },
		recordings
	]);
	await db.household.delete({ where: { id: household.id } });
	expect((await overview.look(couple)).lines).toEqual([day, { ...guests, aside: 0 }, recordings]);
});

it('the guide leads from nothing to the first invitation, ticks itself off, and is gone then', async () => {
	const { couple, weddingId, household } = await makeWedding('');
	const say = async () => {
		const { guide, tasks } = await overview.look(couple);
		expect(tasks.map(({ href }) => href)).not.toContain(guide?.next?.href ?? 'gone');
		return guide && [guide.next?.title, guide.done];
	};
	expect(await say()).toEqual(['Say who, when and where', 1]);
	const details = { names: 'Anna & Ben', heldOn: new Date('2027-06-12'), place: 'Utrecht' };
	await db.wedding.update({ where: { id: weddingId }, data: details });
	expect(await say()).toEqual(['Say what happens when', 2]);
	await db.event.create({ data: { weddingId, name: { en: 'Dinner' }, startsAt: details.heldOn } });
	expect(await say()).toEqual(['Say until when guests can answer', 3]);
	const id = await invitation.begin(couple);
	expect(await say()).toEqual(['Send it to yourself first', 4]);
	await trail.record(couple, 'mailing.tested', { id }, db);
	expect(await say()).toEqual(['Send the invitation', 5]);
	await db.household.update({ where: { id: household.id }, data: { invitedAt: new Date() } });
	expect(await say()).toBeNull();
});

it('guests are counted once: who comes to something, to nothing, or has not said so', () => {
	const asked = (guestId: string, ...states: (ReplyState | null)[]) =>
		states.map((state) => ({ ...({} as Asked), guestId, state }));
	const all = [
		...asked('a', 'yes', 'no'),
		...asked('b', 'no', 'no'),
		...asked('c', 'no', null),
		...asked('d', 'waiting'),
		...asked('e', null, 'yes')
	];
	expect(countGuests(all)).toEqual({ coming: 2, away: 1, silent: 2 });
});

it('is not for guests', async () => {
	const { guest } = await makeWedding();
	await expect(overview.look(guest)).rejects.toMatchObject({ status: 403 });
});

it('whoever has done a step of the guide is led from there to the next', async () => {
	const { couple, weddingId } = await makeWedding('');
	expect(await overview.findNext(couple)).toMatchObject({
		after: ['/couple/guests'],
		href: '/couple/settings'
	});
	await db.wedding.update({ where: { id: weddingId }, data: { names: 'Anna & Ben', place: 'Utrecht' } });
	expect(await overview.findNext(couple)).toMatchObject({
		after: ['/couple/settings', '/couple/guests'],
		href: '/couple/events/new'
	});
});
