import { describe, expect, it } from 'vitest';
import type { State } from '../outbox/message.ts';
import * as letterbox from '../../testing/letterbox.ts';
import { editHousehold, makeScore, makeSession, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
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

describe('who may what', () => {
	const writes: [string, (viewer: Viewer, id: string) => Promise<unknown>][] = [
		['add', (viewer) => households.add(viewer, details())],
		['edit', (viewer, id) => editHousehold(viewer, id, details())],
		['renew', (viewer, id) => households.renew(viewer, id)],
		['remove', (viewer, id) => households.remove(viewer, id)]
	];

	it.each(writes)('lets only the couple %s', async (_, write) => {
		const { couple, helper, guest, stranger, household } = await makeWedding();
		for (const viewer of [helper, guest]) {
			await expect((async () => write(viewer, household.id))()).rejects.toEqual(refusal(403, 'not_allowed'));
		}
		await expect((async () => write(stranger, household.id))()).rejects.toEqual(refusal(401, 'sign_in'));
		expect(await actions(couple)).toEqual([]);
		await write(couple, household.id);
		expect((await actions(couple)).length).toBeGreaterThan(0);
	});

	it('lets the couple and helpers read, and shows codes to the couple alone', async () => {
		const { couple, helper, guest, stranger, household } = await makeWedding();
		expect((await households.get(couple, household.id)).code).toBe(household.code);
		expect((await households.list(helper)).map(({ code }) => code)).toEqual([null]);
		await expect(households.list(guest)).rejects.toEqual(refusal(403, 'not_allowed'));
		await expect(households.get(stranger, household.id)).rejects.toEqual(refusal(401, 'sign_in'));
	});

	it('keeps one wedding from the other', async () => {
		const [mine, other] = [await makeWedding(), await makeWedding()];
		const gone = refusal(404, 'household_not_found');
		await expect(households.get(mine.couple, other.household.id)).rejects.toEqual(gone);
		const { version } = await households.get(other.couple, other.household.id);
		const edited = { ...details(), version };
		await expect(households.edit(mine.couple, other.household.id, edited)).rejects.toEqual(gone);
		await expect(households.renew(mine.couple, other.household.id)).rejects.toEqual(gone);
		await expect(households.remove(mine.couple, other.household.id)).rejects.toEqual(gone);
		expect((await households.list(mine.couple)).map(({ id }) => id)).toEqual([mine.household.id]);
		expect(await households.get(other.couple, other.household.id)).toMatchObject({
			name: 'Oma Riet & Opa Wim',
			code: other.household.code
		});
		expect(await actions(other.couple)).toEqual([]);
	});

	it('lets a household choose its own language, and nobody else’s', async () => {
		const { couple, helper, guest, household } = await makeWedding();
		const other = await households.add(couple, details());
		await households.speak(guest, 'en');
		expect((await households.get(couple, household.id)).language).toBe('en');
		expect((await households.get(couple, other)).language).toBe('nl');
		for (const viewer of [helper, couple])
			await expect(households.speak(viewer, 'en')).rejects.toEqual(refusal(403, 'not_allowed'));
	});
});

describe('adding', () => {
	it('gives a household its guests, in order, and a code of its own', async () => {
		const { couple } = await makeWedding();
		const household = await households.get(couple, await households.add(couple, details()));
		expect(household.guests.map(({ name, isChild }) => [name, isChild])).toEqual([
			['Henk', false],
			['Greet', true]
		]);
		expect(household.code).toMatch(/^[A-HJKMNP-TV-Z2-9]{12}$/);
		expect(household).toMatchObject({
			name: 'Buurman Henk',
			language: 'nl',
			invitedAt: null,
			openedAt: null,
			mails: []
		});
		expect(await actions(couple)).toEqual(['household.added']);
	});

	it('adds one household for a form that is sent twice, also at the same moment', async () => {
		const { couple, mark } = await makeWedding();
		const guests = [{ name: 'Henk', email: `henk-${mark}@example.org` }, { name: 'Greet' }];
		const once = { ...details({ guests }), id: crypto.randomUUID() };
		const add = () => households.add(couple, once);
		expect(await Promise.all([add(), add(), add()])).toEqual([once.id, once.id, once.id]);
		expect(await add()).toBe(once.id);
		expect(await households.list(couple)).toHaveLength(2);
		expect((await households.get(couple, once.id)).guests).toHaveLength(2);
		expect(await actions(couple)).toEqual(['household.added']);
	});

	it('refuses another household from the form of one that was added, and changes nothing', async () => {
		const { couple } = await makeWedding();
		const id = await households.add(couple, { ...details(), id: crypto.randomUUID() });
		for (const other of [{ name: 'De Boer' }, { guests: [{ name: 'Henk' }] }]) {
			await expect(households.add(couple, { ...details(other), id })).rejects.toMatchObject({
				...{ status: 409, code: 'household_added' },
				params: { household: 'Buurman Henk' }
			});
		}
		expect((await households.get(couple, id)).guests).toHaveLength(2);
		expect(await actions(couple)).toEqual(['household.added']);
	});

	it('refuses the id of another wedding’s household, and says and changes nothing of it', async () => {
		const [mine, other] = [await makeWedding(), await makeWedding()];
		const id = await households.add(other.couple, details());
		for (const typed of [details(), details({ name: 'Mine now' })]) {
			await expect(households.add(mine.couple, { ...typed, id })).rejects.toMatchObject({
				...{ status: 404, code: 'household_not_found' },
				params: {}
			});
		}
		expect(await households.list(mine.couple)).toHaveLength(1);
		expect(await actions(mine.couple)).toEqual([]);
		expect(await households.get(other.couple, id)).toMatchObject({ name: 'Buurman Henk' });
		expect((await households.get(other.couple, id)).guests).toHaveLength(2);
	});

	it('refuses an address that another household has, in any case, and names that household', async () => {
		const { couple, email } = await makeWedding();
		const taken = details({ guests: [{ name: 'Henk' }, { name: 'Riet', email: email.toUpperCase() }] });
		await expect(households.add(couple, taken)).rejects.toMatchObject({
			...{ status: 409, code: 'email_elsewhere' },
			params: { email, household: 'Oma Riet & Opa Wim' }
		});
		expect(await households.list(couple)).toHaveLength(1);
		expect(await actions(couple)).toEqual([]);
	});

	it('allows an address twice in one household, and in two weddings', async () => {
		const [{ couple }, other] = [await makeWedding(), await makeWedding()];
		const shared = details({
			guests: [
				{ name: 'Henk', email: other.email },
				{ name: 'Greet', email: other.email }
			]
		});
		await households.add(couple, shared);
		expect(await households.list(couple)).toHaveLength(2);
	});

	it('gives an address to one of several who add it at the same moment', async () => {
		const { couple, mark } = await makeWedding();
		const twice = details({ guests: [{ name: 'Henk', email: `henk-${mark}@example.org` }] });
		const results = await Promise.allSettled(Array.from({ length: 6 }, () => households.add(couple, twice)));
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});
});

describe('removing and renewing', () => {
	it('takes sessions, scores and waiting mail with the household', async () => {
		const { couple, guest, household, riet, weddingId } = await makeWedding();
		await makeScore(couple, riet.id);
		await makeSession(guest);
		const mail = {
			weddingId,
			kind: 'invitation',
			address: 'x@example.org',
			language: 'nl',
			householdId: household.id
		};
		await letterbox.create(mail);
		await households.remove(couple, household.id);
		const where = { weddingId };
		const left = [db.household, db.guest, db.session, db.score, db.message].map((table) =>
			(table as typeof db.guest).count({ where })
		);
		expect(await Promise.all(left)).toEqual([0, 0, 0, 0, 0]);
		expect(await actions(couple)).toEqual(['household.removed']);
		await expect(households.remove(couple, household.id)).rejects.toEqual(
			refusal(404, 'household_not_found')
		);
	});

	it('makes a new code and ends what the old one opened', async () => {
		const { couple, guest, household, weddingId } = await makeWedding();
		await makeSession(guest);
		await households.renew(couple, household.id);
		expect((await households.get(couple, household.id)).code).not.toBe(household.code);
		expect(await db.session.count({ where: { weddingId } })).toBe(0);
		const entry = await db.auditEntry.findFirst({ where: { weddingId } });
		expect(entry).toMatchObject({
			action: 'household.renewed',
			accountId: couple.accountId,
			subjectId: household.id,
			data: {}
		});
	});
});

describe('the list', () => {
	it('is in the order of names, with the newest mail to each address that is still somebody’s', async () => {
		const { couple, household, email, weddingId } = await makeWedding();
		for (const name of ['Émile', 'Zoë', 'eva']) await households.add(couple, details({ name }));
		const mail = (address: string, state: State, reason: string | null, minute: number) =>
			letterbox.create({
				...{
					weddingId,
					kind: 'invitation',
					language: 'nl',
					householdId: household.id,
					address,
					state,
					reason
				},
				createdAt: new Date(2027, 0, 1, 12, minute)
			});
		await mail(email, 'sent', null, 1);
		await mail(email.toUpperCase(), 'bounced', 'no such mailbox', 2);
		await mail(email, 'skipped', 'not_wanted', 3);
		await mail('mistyped@example.org', 'failed', 'no such host', 4);
		const all = await households.list(couple);
		expect(all.map(({ name }) => name)).toEqual(['Émile', 'eva', 'Oma Riet & Opa Wim', 'Zoë']);
		expect(all[2]!.mails).toEqual([
			{ address: email.toUpperCase(), state: 'bounced', reason: 'no such mailbox' }
		]);
	});
});
