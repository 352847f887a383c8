import { describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { editHousehold, makeScore, makeSession, makeWedding } from '../../testing/fixtures.ts';
import { after } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { HouseholdDetails } from './household.schema.ts';
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
		await editHousehold(couple, household.id, { name: 'De Boer', language: 'en', guests: turned });

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
		await editHousehold(couple, household.id, details({ guests: [{ id: riet.id, name: 'Riet', email }] }));
		expect((await households.get(couple, household.id)).guests.map(({ name }) => name).sort()).toEqual([
			'Riet',
			'Wim'
		]);
	});

	it('removes a guest with scores and sessions, and nobody else’s', async () => {
		const { couple, guest, household, riet, wim, email, weddingId } = await makeWedding();
		await makeScore(couple, wim.id);
		const [rietsSession] = [await makeSession(guest, riet.id), await makeSession(guest, wim.id)];
		await editHousehold(
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
			tokenHash: digest(makeSecret()),
			expiresAt: after(60)
		};
		await db.loginLink.create({ data: link });
		const people = [
			{ id: riet.id, name: 'Riet', email: `other-${mark}@example.org` },
			{ id: wim.id, name: 'Wim' }
		];
		await editHousehold(couple, household.id, details({ guests: people }));
		expect(await db.session.findMany({ where: { weddingId } })).toMatchObject([{ id: wims }]);
		expect(await db.loginLink.count({ where: { weddingId } })).toBe(0);
	});

	it('leaves signed in whose address is written in capitals, and invited whom mail went to', async () => {
		const { couple, guest, household, riet, wim, email, weddingId } = await makeWedding();
		const session = await makeSession(guest, riet.id);
		const mail = { weddingId, kind: 'invitation', address: email, language: 'nl', state: 'sent' as const };
		await letterbox.create({ ...mail, householdId: household.id });
		await db.household.update({ where: { id: household.id }, data: { invitedAt: new Date() } });
		const people = [
			{ id: riet.id, name: 'Riet', email: email.toUpperCase() },
			{ id: wim.id, name: 'Wim' }
		];
		await editHousehold(couple, household.id, details({ guests: people }));
		expect(await db.session.findMany({ where: { weddingId } })).toMatchObject([{ id: session }]);
		const { guests, mails, invitedAt } = await households.get(couple, household.id);
		expect(guests[0]).toMatchObject({ id: riet.id, email: email.toUpperCase() });
		expect(mails).toMatchObject([{ state: 'sent' }]);
		expect(invitedAt).not.toBeNull();
	});

	it('touches nobody of another household or wedding, whatever id is sent', async () => {
		const [mine, other] = [await makeWedding(), await makeWedding()];
		const { couple, household } = mine;
		const second = await households.get(couple, await households.add(couple, details()));
		for (const id of [second.guests[0]!.id, other.riet.id]) {
			const guests = [{ id, name: 'Mine now' }];
			await editHousehold(couple, household.id, details({ guests, removed: [] }));
			await editHousehold(couple, household.id, details({ guests: [{ name: 'Mine now' }], removed: [id] }));
		}
		const { guests } = await households.get(couple, household.id);
		expect(guests.map(({ name }) => name).sort()).toEqual(['Mine now', 'Riet', 'Wim']);
		expect(await households.get(couple, second.id)).toEqual(second);
		const { guests: theirs } = await households.get(other.couple, other.household.id);
		expect(theirs.map(({ id, name }) => [id, name])).toEqual([
			[other.riet.id, 'Riet'],
			[other.wim.id, 'Wim']
		]);
		expect(await actions(couple)).not.toContain('guest.removed');
	});

	it('refuses an address of another household and changes nothing', async () => {
		const { couple, email } = await makeWedding();
		const id = await households.add(couple, details());
		const taken = details({ name: 'Changed', guests: [{ name: 'Riet', email }] });
		await expect(editHousehold(couple, id, taken)).rejects.toEqual(refusal(409, 'email_elsewhere'));
		expect((await households.get(couple, id)).name).toBe('Buurman Henk');
	});
});

describe('a household that was changed elsewhere meanwhile', () => {
	const changed = refusal(409, 'household_changed');

	it('is refused once for what the couple can type, and stays as it is', async () => {
		const { couple, guest, household, riet, wim, email, mark, weddingId } = await makeWedding();
		const people = [
			{ id: riet.id, name: 'Riet', email },
			{ id: wim.id, name: 'Wim' }
		];
		const meanwhile: (() => Promise<unknown>)[] = [
			() => editHousehold(couple, household.id, { name: 'Oma', language: 'nl', guests: people }),
			() => households.speak(guest, 'en'),
			...[
				{ name: 'Rita' },
				{ email: `rita-${mark}@example.org` },
				{ isChild: true },
				{ email: null, isChild: false }
			].map((data) => () => db.guest.update({ where: { id: riet.id }, data })),
			() => db.guest.create({ data: { weddingId, householdId: household.id, name: 'Tom' } }),
			() => db.guest.delete({ where: { id: wim.id } })
		];
		for (const change of meanwhile) {
			const { version } = await households.get(couple, household.id);
			await change();
			const after = await households.get(couple, household.id);
			const typed = { ...details({ guests: people }), version };
			await expect(households.edit(couple, household.id, typed)).rejects.toEqual(changed);
			expect(await households.get(couple, household.id)).toEqual(after);
		}
	});

	it('is saved by one of two who save it at the same moment', async () => {
		const { couple, household } = await makeWedding();
		const { version } = await households.get(couple, household.id);
		const results = await Promise.allSettled(
			['One', 'Two', 'Three'].map((name) =>
				households.edit(couple, household.id, { ...details({ name }), version })
			)
		);
		expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
		expect((await households.get(couple, household.id)).guests).toHaveLength(4);
	});

	it('is saved all the same when only what nobody types has changed', async () => {
		const { couple, household, riet } = await makeWedding();
		const { version } = await households.get(couple, household.id);
		await makeScore(couple, riet.id);
		await households.renew(couple, household.id);
		await households.edit(couple, household.id, { ...details(), version });
		expect((await households.get(couple, household.id)).name).toBe('Buurman Henk');
	});

	it('takes a guest who was removed as a new one', async () => {
		const { couple, household, riet, wim } = await makeWedding();
		await db.guest.delete({ where: { id: wim.id } });
		const guests = [
			{ id: riet.id, name: 'Riet' },
			{ id: wim.id, name: 'Opa Wim' }
		];
		await editHousehold(couple, household.id, details({ guests }));
		const { guests: people } = await households.get(couple, household.id);
		expect(people.map(({ name }) => name)).toEqual(['Riet', 'Opa Wim']);
		expect(people[1]!.id).not.toBe(wim.id);
	});

	it('takes nobody off the list twice', async () => {
		const { couple, household, riet, wim } = await makeWedding();
		const without = details({ guests: [{ id: riet.id, name: 'Riet' }], removed: [wim.id] });
		await editHousehold(couple, household.id, without);
		await editHousehold(couple, household.id, without);
		expect(await actions(couple)).toEqual(['guest.removed', 'household.edited', 'household.edited']);
	});

	it('has each new guest once, however often the same form is saved', async () => {
		const { couple, household, riet, wim } = await makeWedding();
		const tables = Array.from({ length: 9 }, (_, n) => ({ name: `Guest ${n}`, isChild: n > 5 }));
		const twins = [{ name: 'Friend' }, { name: 'Friend' }];
		const guests = [{ id: riet.id, name: 'Riet' }, { id: wim.id, name: 'Wim' }, ...tables, ...twins];
		await editHousehold(couple, household.id, details({ guests }));
		const after = await households.get(couple, household.id);
		expect(after.guests).toHaveLength(13);
		await editHousehold(couple, household.id, details({ guests }));
		expect(await households.get(couple, household.id)).toEqual(after);
	});

	it('refuses new guests who would be too many with those who are there', async () => {
		const { couple, household, riet } = await makeWedding();
		const people = (count: number, mark: string) =>
			Array.from({ length: count }, (_, n) => ({ name: `${mark} ${n}` }));
		await editHousehold(couple, household.id, details({ guests: people(18, 'One') }));
		const more = details({ guests: [{ id: riet.id, name: 'Riet' }, ...people(1, 'Two')] });
		await expect(editHousehold(couple, household.id, more)).rejects.toEqual(refusal(409, 'guests_many'));
		expect((await households.get(couple, household.id)).guests).toHaveLength(20);
		await editHousehold(couple, household.id, { ...more, guests: more.guests.slice(0, 1) });
	});
});
