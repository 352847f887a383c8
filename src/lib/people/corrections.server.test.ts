import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptJobs, makeSession, makeWedding } from '../../testing/fixtures.ts';
import * as letterbox from '../../testing/letterbox.ts';
import { db } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import type { State } from '../outbox/message.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import * as corrections from './corrections.server.ts';
import * as households from './households.server.ts';
import * as invitations from './invitations.server.ts';

beforeAll(() => acceptJobs());
afterAll(jobs.stop);

/** Riet's household, to whose address these mails went, and which has sent them back. */
async function bounce(...mails: [kind: string, state: State, reason?: string][]) {
	const made = await makeWedding();
	const { weddingId, household, email: address } = made;
	for (const [n, [kind, state, reason]] of mails.entries()) {
		const createdAt = new Date(Date.UTC(2026, 0, 1 + n));
		const about = { weddingId, householdId: household.id, address, language: 'nl', createdAt };
		await letterbox.create({ ...about, kind, state, reason });
	}
	await suppressions.add(weddingId, { address, reason: 'bounced', categories: ['all'] });
	await db.household.update({ where: { id: household.id }, data: { invitedAt: new Date() } });
	const waiting = () => letterbox.list({ householdId: household.id, state: 'queued' });
	return { ...made, waiting };
}
const fresh = () => `new-${crypto.randomUUID()}@example.org`;

describe('an address that mail came back from', () => {
	it('is corrected: the mail is sent again to the new one, the old one stays shut', async () => {
		const { couple, household, riet, email, weddingId, waiting } = await bounce(['invitation', 'bounced']);
		await makeSession({ role: 'guest', weddingId, householdId: household.id }, riet.id);
		const to = fresh();
		const count = await corrections.correct(couple, household.id, { before: email.toUpperCase(), email: to });
		expect(count).toBe(1);
		expect(await waiting()).toMatchObject([
			{ kind: 'invitation', address: to, name: 'Riet', guestId: riet.id, language: 'nl' }
		]);
		const found = await households.get(couple, household.id);
		expect(found).toMatchObject({ guests: [{ email: to }, { email: null }], suppressed: [] });
		expect(found.invitedAt).not.toBeNull();
		const lookup = await suppressions.find(weddingId);
		expect([lookup(email), lookup(to)]).toEqual(['bounced', undefined]);
		// whoever has the wrong address was let in by it
		expect(await db.session.count({ where: { guestId: riet.id } })).toBe(0);
		const { data } = await db.auditEntry.findFirstOrThrow({ where: { action: 'household.readdressed' } });
		expect(JSON.stringify(data)).not.toContain('@');
	});

	it.each<[string, [string, State, string?][], string[]]>([
		[
			'all that it did not get, once each',
			[
				['invitation', 'bounced'],
				['answers', 'skipped', 'bounced']
			],
			['answers', 'invitation']
		],
		[
			'no kind twice',
			[
				['invitation', 'bounced'],
				['invitation', 'skipped', 'bounced']
			],
			['invitation']
		],
		[
			'nothing that it got since',
			[
				['invitation', 'bounced'],
				['invitation', 'sent'],
				['answers', 'failed']
			],
			['answers']
		],
		['nothing that nobody wanted', [['place', 'skipped', 'not_wanted']], []],
		['no link that somebody asked for then', [['login', 'bounced']], []]
	])('gets %s', async (_, mails, expected) => {
		const { couple, household, email, waiting } = await bounce(...mails);
		const count = await corrections.correct(couple, household.id, { before: email, email: fresh() });
		expect((await waiting()).map(({ kind }) => kind).sort()).toEqual(expected);
		expect(count).toBe(expected.length);
		const { invitedAt } = await households.get(couple, household.id);
		expect(invitedAt === null, 'is to be invited').toBe(expected.length === 0);
	});

	it('is tried once more when it was right', async () => {
		const { couple, household, email, weddingId, waiting } = await bounce(['invitation', 'bounced']);
		await corrections.correct(couple, household.id, { before: email, email });
		expect(await waiting()).toMatchObject([{ kind: 'invitation', address: email }]);
		expect((await suppressions.find(weddingId))(email)).toBeUndefined();
	});

	it('is not corrected twice, nor to that of others, nor to one that called a mail spam', async () => {
		const { couple, household, riet, email, weddingId, waiting } = await bounce(['invitation', 'bounced']);
		const other = fresh();
		await households.add(couple, { name: 'Tom', language: 'nl', guests: [{ name: 'Tom', email: other }] });
		const correct = (to: string, before = email) =>
			corrections.correct(couple, household.id, { before, email: to });
		await expect(correct(fresh(), fresh())).rejects.toMatchObject({ status: 409, code: 'address_changed' });
		await expect(correct(other)).rejects.toMatchObject({ status: 409, code: 'email_elsewhere' });
		const angry = fresh();
		await suppressions.add(weddingId, { address: angry, reason: 'complained', categories: ['all'] });
		await expect(correct(angry)).rejects.toMatchObject({ status: 409, code: 'address_complained' });
		expect(await waiting()).toEqual([]);
		expect(await db.guest.findUnique({ where: { id: riet.id } })).toMatchObject({ email });
	});

	it('is corrected by the couple of that wedding alone', async () => {
		const { helper, household, email } = await bounce(['invitation', 'bounced']);
		const { couple: stranger } = await makeWedding();
		const correct = (viewer: typeof stranger) =>
			(async () => corrections.correct(viewer, household.id, { before: email, email: fresh() }))();
		await expect(correct(helper)).rejects.toMatchObject({ status: 403 });
		await expect(correct(stranger)).rejects.toMatchObject({ status: 409 });
	});

	it('gets no invitation until it is, and whoever sends one is told', async () => {
		const { couple, household, waiting } = await bounce(['invitation', 'bounced']);
		await expect(invitations.send(couple, [household.id])).rejects.toMatchObject({
			...{ status: 409, code: 'household_suppressed' }
		});
		expect(await waiting()).toEqual([]);
	});
});
