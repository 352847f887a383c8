import { describe, expect, it } from 'vitest';
import { makeScore, makeSession, makeWedding } from '../../fixtures.ts';
import { after } from '../kernel/clock.ts';
import { db } from '../kernel/db.server.ts';
import { digest, secret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { HouseholdDetails } from './details.ts';
import * as households from './households.server.ts';

const details = (more: Partial<HouseholdDetails> = {}): HouseholdDetails => ({
	...{
		name: 'Buurman Henk',
		language: 'nl',
		guests: [{ name: 'Henk' }, { name: 'Greet', email: null, isChild: true }]
	},
	...more
});
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

async function actions({ weddingId }: Viewer): Promise<string[]> {
	const entries = await db.auditEntry.findMany({ where: { weddingId }, orderBy: { id: 'asc' } });
	return entries.map(({ action }) => action);
}

describe('editing a household', () => {
	it('keeps guests by their ids, with their scores and sessions', async () => {
		const { couple, guest, household, riet, wim, email } = await makeWedding();
		await makeScore(couple, riet.id);
		const session = await makeSession(guest, riet.id);
		const turned = [
			{ id: wim.id, name: 'Opa Wim' },
			{ name: 'Tom', isChild: true },
			{ id: riet.id, name: 'Riet de Boer', email }
		];
		await households.edit(couple, household.id, { name: 'De Boer', language: 'en', guests: turned });

		const { name, language, guests: people, code } = await households.get(couple, household.id);
		expect({ name, language, code }).toEqual({ name: 'De Boer', language: 'en', code: household.code });
		expect(people.map((one) => [one.name, one.scores])).toEqual([
			['Opa Wim', 0],
			['Tom', 0],
			['Riet de Boer', 1]
		]);
		expect([people[0]!.id, people[2]!.id]).toEqual([wim.id, riet.id]);
		expect(await db.session.count({ where: { id: session } })).toBe(1);
		expect(await actions(couple)).toEqual(['household.edited']);
	});

	it('leaves alone whom the form does not know, because somebody else has just added them', async () => {
		const { couple, household, riet, email } = await makeWedding();
		await households.edit(couple, household.id, details({ guests: [{ id: riet.id, name: 'Riet', email }] }));
		expect((await households.get(couple, household.id)).guests.map(({ name }) => name).sort()).toEqual([
			'Riet',
			'Wim'
		]);
	});

	it('removes a guest with scores and sessions, and nobody else’s', async () => {
		const { couple, guest, household, riet, wim, email, weddingId } = await makeWedding();
		await makeScore(couple, wim.id);
		const [rietsSession] = [await makeSession(guest, riet.id), await makeSession(guest, wim.id)];
		await households.edit(
			couple,
			household.id,
			details({ guests: [{ id: riet.id, name: 'Riet', email }], removed: [wim.id] })
		);
		expect(await db.session.findMany({ where: { weddingId } })).toMatchObject([{ id: rietsSession }]);
		expect(await db.score.count({ where: { weddingId } })).toBe(0);
		expect(await actions(couple)).toEqual(['guest.removed', 'household.edited']);
	});

	it('ends what was opened with an address that is changed', async () => {
		const { couple, guest, household, riet, wim, mark, weddingId } = await makeWedding();
		const [, wims] = [await makeSession(guest, riet.id), await makeSession(guest, wim.id)];
		const link = {
			weddingId,
			householdId: household.id,
			guestId: riet.id,
			tokenHash: digest(secret()),
			expiresAt: after(60)
		};
		await db.loginLink.create({ data: link });
		const people = [
			{ id: riet.id, name: 'Riet', email: `other-${mark}@example.org` },
			{ id: wim.id, name: 'Wim' }
		];
		await households.edit(couple, household.id, details({ guests: people }));
		expect(await db.session.findMany({ where: { weddingId } })).toMatchObject([{ id: wims }]);
		expect(await db.loginLink.count({ where: { weddingId } })).toBe(0);
	});

	it('refuses ids of another household or wedding, and changes nothing', async () => {
		const [mine, other] = [await makeWedding(), await makeWedding()];
		const { couple, household } = mine;
		const second = await households.get(couple, await households.add(couple, details()));
		const gone = refusal(404, 'guest_not_found');
		for (const id of [second.guests[0]!.id, other.riet.id]) {
			const named = details({ name: 'Changed', guests: [{ id, name: 'Mine now' }] });
			await expect(households.edit(couple, household.id, named)).rejects.toEqual(gone);
			const removed = details({ name: 'Changed', guests: [{ name: 'New' }], removed: [id] });
			await expect(households.edit(couple, household.id, removed)).rejects.toEqual(gone);
		}
		const { name, guests: people } = await households.get(couple, household.id);
		expect([name, ...people.map((one) => one.name)]).toEqual(['Oma Riet & Opa Wim', 'Riet', 'Wim']);
		expect(await db.guest.count({ where: { id: { in: [second.guests[0]!.id, other.riet.id] } } })).toBe(2);
	});

	it('refuses an address of another household and changes nothing', async () => {
		const { couple, email } = await makeWedding();
		const id = await households.add(couple, details());
		const taken = details({ name: 'Changed', guests: [{ name: 'Riet', email }] });
		await expect(households.edit(couple, id, taken)).rejects.toEqual(refusal(409, 'email_elsewhere'));
		expect((await households.get(couple, id)).name).toBe('Buurman Henk');
	});
});
