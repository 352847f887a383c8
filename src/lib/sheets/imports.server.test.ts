import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editHousehold, makeSession, makeWedding } from '../../testing/fixtures.ts';
import { before, DAY } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as diets from '../rsvp/diets.server.ts';
import type { Chosen } from './entry.ts';
import * as imports from './imports.server.ts';
import { sweeping } from './jobs.server.ts';

const samples = join(import.meta.dirname, '../../testing/sheets');
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

const asked = (address = '', chosen: Chosen = {}) => ({ address: new URLSearchParams(address), chosen });

/** Takes in what was copied from a spreadsheet, as whoever has seen the preview. */
async function take(viewer: Viewer, text: string, chosen: Chosen = {}, address = ''): Promise<string> {
	const id = await imports.open(viewer, { text, name: '' });
	const { version } = await imports.look(viewer, id, asked(address, chosen));
	await imports.confirm(viewer, id, { ...asked(address, chosen), version });
	return id;
}
const look = async (viewer: Viewer, text: string) => {
	const id = await imports.open(viewer, { text, name: '' });
	return (await imports.look(viewer, id, asked())).difference;
};
/** Everything that there is of the list, without what differs from row to row. */
async function everything({ weddingId }: Viewer) {
	const homes = await db.household.findMany({
		where: { weddingId },
		include: { guests: { orderBy: { id: 'asc' } }, tags: true },
		orderBy: { id: 'asc' }
	});
	return { homes, tags: await db.tag.findMany({ where: { weddingId } }) };
}

describe('a guest list', () => {
	it('is taken in as it is, comes again without a change, and is taken back', async () => {
		const { couple, weddingId } = await makeWedding();
		const before = await everything(couple);
		const path = join(samples, 'gastenlijst.xlsx');
		const chosen = { same14: 'apart' };
		const id = await imports.open(couple, { path, name: 'gastenlijst.xlsx' });
		const { version, sheets, difference } = await imports.look(couple, id, asked('', chosen));
		expect(sheets).toEqual(['Gastenlijst', 'Adressen']);
		expect(difference.added.flatMap(({ guests }) => guests)).toHaveLength(10);
		expect(await everything(couple)).toEqual(before);
		await imports.confirm(couple, id, { ...asked('', chosen), version });
		expect(await db.guest.count({ where: { weddingId } })).toBe(12);

		const again = await imports.open(couple, { path, name: 'gastenlijst.xlsx' });
		const second = await imports.look(couple, again, asked());
		expect(second.difference).toMatchObject({ added: [], changed: [], unchanged: 10 });

		const last = (await imports.findLast(couple))!;
		expect(last).toMatchObject({ name: 'gastenlijst.xlsx', guests: 10, households: 5 });
		await imports.undo(couple, last.id);
		expect(await everything(couple)).toEqual(before);
		await expect(imports.undo(couple, last.id)).rejects.toEqual(refusal(409, 'sheet_undone'));
		const entries = await db.auditEntry.findMany({ where: { weddingId }, orderBy: { id: 'asc' } });
		expect(entries.map(({ action }) => action)).toEqual(['guests.imported', 'guests.import_undone']);
	});

	it('changes only what it says, field by field, and undoing it brings back what was there', async () => {
		const { couple, household, email, mark } = await makeWedding();
		await editHousehold(couple, household.id, {
			...{ name: household.name, language: 'nl', guests: [], address: 'Dorp 1', note: 'Lief' },
			...{ tags: ['Familie'], plusOnes: 1 }
		});
		const before = await everything(couple);
		const text = `Naam;Mail;Tel;Groep;Adres\nRiet de Boer;${email};0612;Familie, Buren-${mark};`;
		const { changed } = await look(couple, text);
		expect(changed.map(({ field, to }) => [field, to])).toEqual([
			['phone', '0612'],
			['tags', `Familie, Buren-${mark}`],
			['name', 'Riet de Boer']
		]);
		await take(couple, text);
		expect(await households.get(couple, household.id)).toMatchObject({
			...{ phone: '0612', address: 'Dorp 1', note: 'Lief', plusOnes: 1 },
			guests: [{ name: 'Riet de Boer', email }, { name: 'Wim' }]
		});
		await imports.undo(couple, (await imports.findLast(couple))!.id);
		const after = await everything(couple);
		const plain = ({ homes, tags }: typeof before) => [
			homes.map((home) => ({ ...home, noteSealed: null })),
			tags
		];
		expect(plain(after)).toEqual(plain(before));
		expect((await households.get(couple, household.id)).note).toBe('Lief');
	});

	it('brings what people eat, sealed, and takes it back', async () => {
		const { couple, weddingId, riet } = await makeWedding();
		await take(couple, 'Gezin;Naam;Dieet\nOma Riet & Opa Wim;Riet;geen noten\nBuren;Ans;vegan');
		const eaten = async () => [...(await diets.list(couple, null)).values()].sort();
		expect(await eaten()).toEqual(['geen noten', 'vegan']);
		expect((await look(couple, 'Gezin;Naam;Dieet\nBuren;Ans;vegan')).unchanged).toBe(1);
		const [row] = await db.diet.findMany({ where: { weddingId, guestId: riet.id } });
		expect(Buffer.from(row!.sealed).toString('latin1')).not.toContain('noten');
		await imports.undo(couple, (await imports.findLast(couple))!.id);
		expect(await eaten()).toEqual([]);
	});

	it('asks whoever is new to the events that are for them', async () => {
		const { couple, weddingId, riet } = await makeWedding();
		const event = { weddingId, startsAt: new Date(), name: { en: 'Party' } };
		const [all] = [
			await db.event.create({ data: { ...event, asking: 'everybody' } }),
			await db.event.create({ data: event })
		];
		await take(couple, `Gezin;Naam\nBuren;Ans\nBuren;Bo\n${'Oma Riet & Opa Wim'};Tom`);
		const invited = await db.invitation.findMany({ where: { weddingId }, include: { guest: true } });
		expect(invited.map(({ eventId, guest }) => [eventId, guest.name]).sort()).toEqual([
			[all.id, 'Ans'],
			[all.id, 'Bo']
		]);
		expect(invited.some(({ guestId }) => guestId === riet.id)).toBe(false);
	});
});

describe('nothing is stored', () => {
	it('of a table that has no header, nor of what is no table', async () => {
		const { couple, weddingId } = await makeWedding();
		const open = (text: string) => imports.open(couple, { text, name: '' });
		await expect(open('Riet;r@example.org\nWim;')).rejects.toEqual(refusal(415, 'sheet_no_header'));
		await expect(open('\n')).rejects.toEqual(refusal(415, 'sheet_empty'));
		expect(await db.sheetImport.count({ where: { weddingId } })).toBe(0);
	});

	it('of a list with one row that cannot be taken, until that is left out', async () => {
		const { couple, weddingId } = await makeWedding();
		const text = 'Naam;Mail\nAns;ans@example.org\nBo;nonsense';
		await expect(take(couple, text)).rejects.toEqual(refusal(409, 'sheet_troubles'));
		expect(await db.guest.count({ where: { weddingId } })).toBe(2);
		await take(couple, text, {}, 'leave=on');
		expect(await db.guest.count({ where: { weddingId } })).toBe(3);
	});

	it('while something is to be said', async () => {
		const { couple } = await makeWedding();
		await expect(take(couple, 'Gezin;Naam\nA;Jan\nA;Jan')).rejects.toEqual(refusal(409, 'sheet_questions'));
	});

	it('of what was not shown, because the list has changed meanwhile', async () => {
		const { couple, household } = await makeWedding();
		const id = await imports.open(couple, { text: 'Gezin;Naam;Tel\nOma Riet & Opa Wim;Riet;06', name: '' });
		const { version } = await imports.look(couple, id, asked());
		await editHousehold(couple, household.id, {
			name: household.name,
			language: 'nl',
			guests: [],
			phone: '1'
		});
		const late = imports.confirm(couple, id, { ...asked(), version });
		await expect(late).rejects.toEqual(refusal(409, 'sheet_changed'));
	});

	it('by whoever may not edit the list, or is of another wedding', async () => {
		const [{ couple, helper, guest }, other] = [await makeWedding(), await makeWedding()];
		const id = await imports.open(couple, { text: 'Naam\nAns', name: '' });
		for (const viewer of [helper, guest]) {
			await expect(imports.open(viewer, { text: 'Naam\nAns', name: '' })).rejects.toEqual(
				refusal(403, 'not_allowed')
			);
			await expect(imports.look(viewer, id, asked())).rejects.toEqual(refusal(403, 'not_allowed'));
			await expect(imports.undo(viewer, id)).rejects.toEqual(refusal(403, 'not_allowed'));
		}
		await expect(imports.look(other.couple, id, asked())).rejects.toEqual(refusal(404, 'sheet_gone'));
	});
});

describe('undo is refused once', () => {
	const text = 'Gezin;Naam;Tel\nBuren;Ans;0612\nOma Riet & Opa Wim;Riet;06';
	it.each<[string, (made: Awaited<ReturnType<typeof makeWedding>>) => Promise<unknown>]>([
		[
			'somebody has changed what it changed',
			({ couple, household }) =>
				editHousehold(couple, household.id, { name: household.name, language: 'nl', guests: [], phone: '1' })
		],
		[
			'somebody has joined a household that it brought',
			async ({ weddingId }) => {
				const { id } = await db.household.findFirstOrThrow({ where: { weddingId, name: 'Buren' } });
				await db.guest.create({ data: { weddingId, householdId: id, name: 'Bo' } });
			}
		],
		[
			'such a household was invited',
			({ weddingId }) =>
				db.household.updateMany({ where: { weddingId, name: 'Buren' }, data: { invitedAt: new Date() } })
		],
		[
			'somebody whom it brought has said what they eat',
			async ({ couple, weddingId }) => {
				const { id } = await db.guest.findFirstOrThrow({ where: { weddingId, name: 'Ans' } });
				await db.$transaction((tx) => diets.change(couple, [[id, 'vegan']], tx));
			}
		],
		[
			'such a household has answered',
			async ({ weddingId }) => {
				const { id } = await db.household.findFirstOrThrow({ where: { weddingId, name: 'Buren' } });
				await db.rsvp.create({ data: { weddingId, householdId: id, answeredAt: new Date() } });
			}
		]
	])('%s', async (_, change) => {
		const made = await makeWedding();
		const id = await take(made.couple, text);
		await change(made);
		await expect(imports.undo(made.couple, id)).rejects.toEqual(refusal(409, 'sheet_since'));
		expect(await db.guest.count({ where: { name: 'Ans', weddingId: made.weddingId } })).toBe(1);
	});
});

it('who gets another address is signed out, and is to be invited', async () => {
	const { couple, guest, household, riet, wim, weddingId, mark } = await makeWedding();
	const [, wims] = [await makeSession(guest, riet.id), await makeSession(guest, wim.id)];
	await db.household.update({ where: { id: household.id }, data: { invitedAt: new Date() } });
	await take(couple, `Gezin;Naam;Mail\nOma Riet & Opa Wim;Riet;new-${mark}@example.org`);
	expect(await db.session.findMany({ where: { weddingId } })).toMatchObject([{ id: wims }]);
	expect((await households.get(couple, household.id)).invitedAt).toBeNull();
});

it('a list that nobody takes in is kept for a day, sealed', async () => {
	const { couple, weddingId } = await makeWedding();
	const id = await imports.open(couple, { text: 'Naam;Notitie\nAns;niet naast Tom', name: 'x' });
	const { sealed } = await db.sheetImport.findFirstOrThrow({ where: { id, weddingId } });
	expect(Buffer.from(sealed).toString('latin1')).not.toContain('Tom');
	await sweeping.work();
	expect(await db.sheetImport.count({ where: { id } })).toBe(1);
	await db.sheetImport.update({ where: { id }, data: { createdAt: before(DAY + 60) } });
	await sweeping.work();
	expect(await db.sheetImport.count({ where: { id } })).toBe(0);
});
