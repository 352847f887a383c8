import { expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import type { State } from '../outbox/message.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import * as undelivered from './undelivered.server.ts';

type Sent = [State, (string | null)?];
const bounced: Sent = ['bounced', 'no such address'];

it.each<[string, Sent[], boolean]>([
	['no mail', [], false],
	['one that came back', [bounced], true],
	['one that came back after one that arrived', [['sent'], bounced], true],
	['one that arrived after one that came back', [bounced, ['sent']], false],
	['one that was not wanted after one that came back', [bounced, ['skipped', 'not_wanted']], true],
	['one that may have left before a restore', [['unsure', 'restored']], false]
])('with %s an address works or not', async (_, mails, isUndelivered) => {
	const { couple, guest, household, riet, weddingId, email } = await makeWedding();
	for (const [n, [state, reason = null]] of mails.entries()) {
		const createdAt = new Date(Date.UTC(2026, 0, 1 + n));
		const mail = {
			kind: 'invitation',
			address: email.toUpperCase(),
			language: 'nl',
			state,
			reason,
			createdAt
		};
		await letterbox.create({ ...mail, weddingId, householdId: household.id });
	}
	expect(await undelivered.list(couple)).toEqual(isUndelivered ? [riet.id] : []);
	await expect((async () => undelivered.list(guest))()).rejects.toMatchObject({ status: 403 });
});

it('an address that mail does not go to any more works no more, also when a login mail went there since', async () => {
	const { couple, household, riet, weddingId, email } = await makeWedding();
	const mail = { kind: 'login', address: email, language: 'nl', state: 'sent' as const };
	await letterbox.create({ ...mail, weddingId, householdId: household.id });
	const off = { address: email, reason: 'unsubscribed', categories: ['news', 'reminders'] } as const;
	await suppressions.add(weddingId, off);
	expect(await undelivered.list(couple)).toEqual([]);
	await suppressions.add(weddingId, { address: email, reason: 'bounced', categories: ['all'] });
	expect(await undelivered.list(couple)).toEqual([riet.id]);
	await suppressions.lift(weddingId, { address: email, reason: 'bounced', categories: ['all'] });
	expect(await undelivered.list(couple)).toEqual([]);
});
