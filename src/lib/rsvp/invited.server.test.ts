import { describe, expect, it } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as tags from '../people/tags.server.ts';
import * as asked from './asked.server.ts';
import { Asking, NewEvent } from './event.schema.ts';
import * as events from './events.server.ts';
import * as invited from './invited.server.ts';

const empty = { en: '', nl: '' };
const party = NewEvent.parse({
	...{ name: { en: 'Party', nl: '' }, startsAt: '2066-06-12T18:00', endsAt: '', place: '', address: '' },
	...{ mapUrl: '', dressCode: empty, note: empty, meals: {}, asked: 'nobody' }
});
const everybody: Asking = { asked: 'everybody', tags: [] };
const nobody: Asking = { asked: 'nobody', tags: [] };
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

/** Riet and Wim without a group, Henk in "Work", Mia and Tom in "Family" and "Work"; an event that nobody is asked to. */
async function make() {
	const made = await makeWedding();
	const { couple } = made;
	const add = (names: string[], more: object = {}) =>
		households.add(couple, {
			...{ name: names[0]!, language: 'en', guests: names.map((name) => ({ name })) },
			...more
		});
	const henk = await add(['Henk'], { tags: ['Work'] });
	const mia = await add(['Mia', 'Tom'], { tags: ['Family', 'Work'] });
	const [family, work] = (await tags.list(couple)).map(({ id }) => id) as [string, string];
	return { ...made, add, henk, mia, family, work, id: await events.add(couple, party) };
}

/** The names of those who are asked. */
async function names(eventId: string): Promise<string> {
	const found = await db.invitation.findMany({ where: { eventId }, include: { guest: true } });
	return found
		.map(({ guest }) => guest.name)
		.sort()
		.join(' ');
}
const lastChange = async (viewer: Viewer, id: string) => (await invited.look(viewer, id)).change!;
const undo = async (viewer: Viewer, id: string) =>
	invited.undo(viewer, id, (await lastChange(viewer, id)).id);

describe('who is asked', () => {
	it('is everybody, those of some groups and nobody else, or nobody', async () => {
		const { couple, id, family, work } = await make();
		await invited.ask(couple, id, everybody);
		expect(await names(id)).toBe('Henk Mia Riet Tom Wim');
		await invited.ask(couple, id, { asked: 'tags', tags: [family] });
		expect(await names(id)).toBe('Mia Tom');
		await invited.ask(couple, id, { asked: 'tags', tags: [family, work] });
		expect(await names(id)).toBe('Henk Mia Tom');
		expect((await invited.look(couple, id)).rule.tags.toSorted()).toEqual([family, work].toSorted());
		await invited.ask(couple, id, nobody);
		expect([await names(id), (await invited.look(couple, id)).rule]).toEqual([
			'',
			{ asking: 'chosen', tags: [] }
		]);
	});

	it('is nobody of a group of another wedding, and nothing changes', async () => {
		const [{ couple, id }, { family }] = [await make(), await make()];
		await invited.ask(couple, id, everybody);
		const foreign = invited.ask(couple, id, { asked: 'tags', tags: [family] });
		await expect(foreign).rejects.toEqual(refusal(409, 'tag_gone'));
		expect(await names(id)).toBe('Henk Mia Riet Tom Wim');
	});

	it('is one group at least, where it is groups', () => {
		expect(Asking.safeParse({ asked: 'tags' }).error!.issues).toMatchObject([
			{ path: ['asked'], message: 'choose_tags' }
		]);
		expect(Asking.safeParse({ asked: 'everybody' }).success).toBe(true);
	});
});

describe('who is new on the list is asked by themselves', () => {
	it('to an event for everybody, from its first day on', async () => {
		const { couple, add, id } = await make();
		const other = await events.add(couple, { ...party, asked: 'everybody' });
		await add(['Nora', 'Piet']);
		expect([await names(id), await names(other)]).toEqual(['', 'Henk Mia Nora Piet Riet Tom Wim']);
	});

	it('to a group’s event, as a new household of it and as one that joins it', async () => {
		const { couple, add, id, family, henk } = await make();
		await invited.ask(couple, id, { asked: 'tags', tags: [family] });
		await add(['Nora'], { tags: ['family'] });
		await add(['Piet'], { tags: ['Work'] });
		expect(await names(id)).toBe('Mia Nora Tom');
		await editHousehold(couple, henk, {
			name: 'Henk',
			language: 'en',
			guests: [],
			tags: [],
			picked: [family]
		});
		expect(await names(id)).toBe('Henk Mia Nora Tom');
		await editHousehold(couple, henk, { name: 'Henk', language: 'en', guests: [], tags: [] });
		expect(await names(id)).toBe('Henk Mia Nora Tom');
	});

	it('in a household, to what everybody else in it is asked to', async () => {
		const { couple, id, household, riet, henk } = await make();
		const all = await events.add(couple, { ...party, asked: 'everybody' });
		await asked.set(couple, household.id, {
			...{ asked: { [id]: { [riet.id]: 'on' } }, answersUntil: null }
		});
		const { name, language } = household;
		await editHousehold(couple, household.id, { name, language, guests: [{ name: 'Baby' }] });
		expect([await names(id), await names(all)]).toEqual(['Riet', 'Henk Mia Tom']);
		await invited.select(couple, id, { households: [household.id], isAsked: true });
		await editHousehold(couple, household.id, { name, language, guests: [{ name: 'Twin' }] });
		await editHousehold(couple, henk, { name: 'Henk', language: 'en', guests: [{ name: 'Greet' }] });
		expect([await names(id), await names(all)]).toEqual(['Baby Riet Twin Wim', 'Greet Henk Mia Tom']);
	});

	it('to no event of another wedding', async () => {
		const [{ couple, id, family }, other] = [await make(), await make()];
		await invited.ask(couple, id, { asked: 'tags', tags: [family] });
		await other.add(['Nora'], { tags: ['Family'] });
		expect(await names(id)).toBe('Mia Tom');
	});
});

describe('a group that is merged', () => {
	it('leaves its event to the other, and who is asked as they were', async () => {
		const { couple, add, id, family, work } = await make();
		await invited.ask(couple, id, { asked: 'tags', tags: [family] });
		await tags.merge(couple, family, work);
		expect([await names(id), (await invited.look(couple, id)).rule.tags]).toEqual(['Mia Tom', [work]]);
		await add(['Nora'], { tags: ['Work'] });
		expect(await names(id)).toBe('Mia Nora Tom');
	});
});

describe('the last change is taken back', () => {
	it('with whom it asked, whom it did not ask any more, and the rule that there was', async () => {
		const { couple, id, family, henk } = await make();
		await invited.ask(couple, id, { asked: 'tags', tags: [family] });
		await invited.select(couple, id, { households: [henk], isAsked: true });
		expect(await lastChange(couple, id)).toMatchObject({ added: 1, removed: 0 });
		await invited.ask(couple, id, nobody);
		expect(await lastChange(couple, id)).toMatchObject({ added: 0, removed: 3 });
		await undo(couple, id);
		expect([await names(id), (await invited.look(couple, id)).rule]).toEqual([
			'Henk Mia Tom',
			{ asking: 'tags', tags: [family] }
		]);
		expect(await lastChange(couple, id)).toBeNull();
	});

	it('once, and not when there was another since', async () => {
		const { couple, id } = await make();
		await invited.ask(couple, id, everybody);
		const { id: first } = await lastChange(couple, id);
		await invited.ask(couple, id, nobody);
		const since = refusal(409, 'invited_since');
		await expect(invited.undo(couple, id, first)).rejects.toEqual(since);
		const { id: second } = await lastChange(couple, id);
		await invited.undo(couple, id, second);
		await expect(invited.undo(couple, id, second)).rejects.toEqual(since);
		expect(await names(id)).toBe('Henk Mia Riet Tom Wim');
	});

	it('also when the same was asked for twice, as by a page that is loaded again', async () => {
		const { couple, id, family } = await make();
		for (let time = 0; time < 2; time++) await invited.ask(couple, id, { asked: 'tags', tags: [family] });
		expect(await lastChange(couple, id)).toMatchObject({ added: 2, removed: 0 });
		await undo(couple, id);
		expect([await names(id), (await invited.look(couple, id)).rule.asking]).toEqual(['', 'chosen']);
	});

	it('not when somebody has changed one of the same guests on their household’s page', async () => {
		const { couple, id, household, riet } = await make();
		await invited.ask(couple, id, everybody);
		await asked.set(couple, household.id, { asked: { [id]: { [riet.id]: 'on' } }, answersUntil: null });
		await expect(undo(couple, id)).rejects.toEqual(refusal(409, 'invited_since'));
		expect(await names(id)).toBe('Henk Mia Riet Tom');
	});

	it('although somebody came on the list or left it since', async () => {
		const { couple, id, add, henk } = await make();
		await invited.ask(couple, id, everybody);
		await add(['Nora']);
		await households.remove(couple, henk);
		await undo(couple, id);
		expect(await names(id)).toBe('Nora');
	});

	it('by the couple of its own wedding', async () => {
		const { couple, helper, guest, id } = await make();
		await invited.ask(couple, id, everybody);
		const { id: changeId } = await lastChange(couple, id);
		for (const viewer of [helper, guest])
			await expect((async () => invited.undo(viewer, id, changeId))()).rejects.toEqual(
				refusal(403, 'not_allowed')
			);
		const other = await makeWedding();
		await expect(invited.undo(other.couple, id, changeId)).rejects.toEqual(refusal(409, 'invited_since'));
		await expect(invited.look(other.couple, id)).rejects.toEqual(refusal(404, 'event_not_found'));
	});
});
