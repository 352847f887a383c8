import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptJobs, makeScore, makeSession, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as households from '../people/households.server.ts';
import * as plusOnes from '../people/plus-ones.server.ts';
import * as asked from './asked.server.ts';
import * as deadlines from './deadlines.server.ts';
import { EventDetails } from './event.schema.ts';
import * as events from './events.server.ts';
import { Answers, AnswersFor, Deadlines } from './reply.schema.ts';
import * as questions from './questions.server.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs());

const words = { en: '', nl: '' };
const details = EventDetails.parse({
	...{ name: { en: 'Dinner', nl: '' }, startsAt: '2066-06-12T18:00', endsAt: '', place: '' },
	...{ address: '', mapUrl: '', dressCode: words, note: words, meals: { 0: { en: 'Soup', nl: '' } } }
});

async function makeAllowed(allowed: number) {
	const wedding = await makeWedding();
	const { couple, household } = wedding;
	await db.household.update({ where: { id: household.id }, data: { plusOnes: allowed } });
	const [dinner, party] = [
		await events.add(couple, { ...details, asked: 'everybody' }),
		await events.add(couple, { ...details, meals: [], asked: 'everybody' })
	];
	const soup = (await events.get(couple, dinner)).meals[0]!.id;
	return { ...wedding, dinner, party, soup };
}

type Allowed = Awaited<ReturnType<typeof makeAllowed>>;
let ours: Allowed;
beforeEach(async () => void (ours = await makeAllowed(1)));

/** As from a page that was opened just now. */
async function say(typed: object, { guest } = ours) {
	const { version, diets, song, message } = await replies.getOwn(guest);
	await replies.answer(guest, Answers.parse({ version, diets, song, message, ...typed }));
}

const read = () => replies.getOwn(ours.guest);
const audit = async (action: string) =>
	(await db.auditEntry.findMany({ where: { weddingId: ours.weddingId, action } })).map(({ data }) => data);

/** Noor, with a meal and a diet; her id. */
async function bring(more: object = {}): Promise<string> {
	const { dinner, soup } = ours;
	const noor = { name: 'Noor', states: { [dinner]: 'yes' }, meals: { [dinner]: soup }, diet: 'vegan' };
	await say({ plusOnes: { 0: { ...noor, ...more }, 1: { name: ' ' } } });
	return (await read()).brought.guests[0]!.id;
}

describe('somebody who comes along', () => {
	it('answers the couple’s questions at once, of those that there are', async () => {
		const { couple, dinner } = ours;
		const choices = [
			{ id: undefined, name: { en: 'Early', nl: '' } },
			{ id: undefined, name: { en: 'Late', nl: '' } }
		];
		const asking = { text: { en: 'Bus?', nl: '' }, scope: 'guest' as const, eventId: dinner };
		const bus = await questions.add(couple, { ...asking, kind: 'choice', choices });
		const song = await questions.add(couple, { ...asking, kind: 'text', eventId: null, choices: [] });
		const [early] = (await read()).questions.find(({ id }) => id === bus)!.choices;
		const noor = { name: 'Noor', states: { [dinner]: 'yes' } };
		await expect(
			say({ plusOnes: { 0: { ...noor, chosen: { [bus]: randomUUID() } } } })
		).rejects.toMatchObject({ status: 409, code: 'choice_gone' });
		expect((await read()).brought.guests).toEqual([]);
		const said = { chosen: { [bus]: early!.id }, texts: { [song]: 'Waterloo', [randomUUID()]: 'x' } };
		const id = await bring({ ...noor, ...said });
		expect((await read()).given).toEqual({ [bus]: { [id]: early!.id }, [song]: { [id]: 'Waterloo' } });
	});

	it('is a guest with answers, asked to what those are asked to with whom they come', async () => {
		const { couple, household, dinner, party, soup, riet, wim } = ours;
		const boxes = { [dinner]: { [riet.id]: 'on', [wim.id]: 'on' }, [party]: { [wim.id]: 'on' } };
		await asked.set(couple, household.id, { asked: boxes, answersUntil: null });
		const noor = await bring({ host: riet.id });
		const stored = await read();
		expect(stored.events.map(({ guests }) => guests.map(({ name }) => name))).toEqual([
			...[['Riet', 'Wim', 'Noor'], ['Wim']]
		]);
		expect(stored.replies[dinner]![noor]).toEqual({ state: 'yes', mealId: soup });
		expect(stored.diets![noor]).toBe('vegan');
		expect(stored.brought).toMatchObject({
			allowed: 1,
			hosts: [riet.id, wim.id],
			guests: [{ name: 'Noor' }]
		});
		const guest = await db.guest.findUniqueOrThrow({ where: { id: noor } });
		expect(guest).toMatchObject({ plusOneOfId: riet.id, householdId: household.id, isChild: false });
		expect(await audit('guest.brought')).toMatchObject([{ name: 'Noor', householdId: household.id }]);
	});

	it('is renamed, and taken back with all that was answered for them', async () => {
		const { dinner } = ours;
		const noor = await bring();
		await say({ plusOnes: { [noor]: { name: 'Noor Bakker' } }, replies: {} });
		expect((await read()).brought.guests).toMatchObject([{ id: noor, name: 'Noor Bakker' }]);
		const replied = { [dinner]: { [noor]: { state: 'no' } } };
		await say({ plusOnes: { [noor]: { name: 'x', remove: 'on' } }, replies: replied });
		expect(await db.guest.count({ where: { id: noor } })).toBe(0);
		expect(await db.reply.count({ where: { weddingId: ours.weddingId } })).toBe(0);
		expect(await audit('guest.taken_back')).toMatchObject([{ name: 'Noor Bakker', answers: 1 }]);
		await bring();
	});

	it('is one too many beyond what the couple allows, and then nothing of the form is stored', async () => {
		const two = { plusOnes: { 0: { name: 'Noor' }, 1: { name: 'Sem' } }, song: 'Waterloo' };
		await expect(say(two)).rejects.toMatchObject({
			...{ status: 409, code: 'plus_ones_many', params: { count: 1 } }
		});
		expect(await read()).toMatchObject({ song: '', brought: { guests: [] } });
		const noor = await bring();
		await expect(say({ plusOnes: { 0: { name: 'Sem' } } })).rejects.toMatchObject({ status: 409 });
		await say({ plusOnes: { 0: { name: 'Sem' }, [noor]: { name: 'Noor', remove: 'on' } } });
		expect((await read()).brought.guests).toMatchObject([{ name: 'Sem' }]);
	});

	it('is nobody of another household, comes with nobody of one, and eats from the menu', async () => {
		const others = await makeAllowed(1);
		const { household, riet, wim } = ours;
		for (const typed of [
			{ [others.riet.id]: { name: 'x', remove: 'on' } },
			{ [wim.id]: { name: 'x', remove: 'on' } },
			{ 0: { name: 'Noor', host: others.riet.id } }
		])
			await expect(say({ plusOnes: typed })).rejects.toMatchObject({ status: 404 });
		await expect(bring({ meals: { [ours.dinner]: others.soup } })).rejects.toMatchObject({
			code: 'meal_gone'
		});
		const guests = await db.guest.findMany({ where: { householdId: household.id } });
		expect(guests.map(({ id }) => id).sort()).toEqual([riet.id, wim.id].sort());
	});

	it('has a name, and neither comes nor goes after the deadline', async () => {
		const noor = await bring();
		const { error } = Answers.safeParse({ version: '', plusOnes: { [noor]: { name: ' ' } } });
		expect(error?.issues).toMatchObject([{ path: ['plusOnes', noor, 'name'], message: 'required' }]);
		const until = { answersUntil: '2020-01-01T12:00', detailsUntil: '2065-01-01T12:00' };
		await deadlines.set(ours.couple, Deadlines.parse(until));
		for (const typed of [{ [noor]: { name: 'Noor', remove: 'on' } }, { [noor]: { name: 'Sem' } }])
			await expect(say({ plusOnes: typed, song: 'Waterloo' })).rejects.toMatchObject({
				code: 'answers_late'
			});
		expect(await read()).toMatchObject({ song: 'Waterloo', brought: { guests: [{ name: 'Noor' }] } });
	});
});

describe('the couple', () => {
	it('gives them a household of their own, with their answers and stars, which nobody else takes the place of', async () => {
		const { couple, helper, guest, household, dinner } = ours;
		const noor = await bring();
		await makeScore(guest, noor);
		await makeSession(guest, noor);
		await expect(plusOnes.moveOut(helper, household.id, noor)).rejects.toMatchObject({ status: 403 });
		await expect(plusOnes.moveOut(couple, household.id, ours.riet.id)).rejects.toMatchObject({ status: 404 });
		const own = await plusOnes.moveOut(couple, household.id, noor);
		expect(await households.get(couple, own)).toMatchObject({
			...{ name: 'Noor', language: 'nl', plusOnes: 0 },
			guests: [{ id: noor, scores: 1, plusOneOfId: null }]
		});
		const theirs = await replies.getOwn({ ...guest, householdId: own, guestId: noor });
		expect(theirs.replies[dinner]![noor]!.state).toBe('yes');
		expect(await read()).toMatchObject({ brought: { allowed: 0, guests: [] } });
		expect(await db.session.count({ where: { guestId: noor } })).toBe(0);
	});

	it('takes them off the list with whom they came, and refuses to leave a household without anybody', async () => {
		const { couple, household, riet, wim, weddingId } = ours;
		const noor = await bring({ host: riet.id });
		const row = ({ id, name }: { id: string; name: string }) => ({ id, name });
		const others = [row(wim), { id: noor, name: 'Noor' }];
		const edit = async (guests: typeof others, removed: string[]) => {
			const { version } = await households.get(couple, household.id);
			const details = { name: 'Oma', language: 'nl', guests, removed, version };
			await households.edit(couple, household.id, details);
		};
		await expect(edit([others[1]!], [riet.id, wim.id])).rejects.toMatchObject({ code: 'guests_none' });
		await edit(others, [riet.id]);
		expect(await db.guest.findMany({ where: { weddingId } })).toMatchObject([{ id: wim.id }]);
		expect((await audit('guest.removed')).map((data) => (data as { name: string }).name).sort()).toEqual([
			'Noor',
			'Riet'
		]);
	});

	it('brings somebody for a household also when it is late', async () => {
		const { couple, household, dinner } = ours;
		const past = { answersUntil: '2020-01-01T12:00', detailsUntil: '' };
		await deadlines.set(couple, Deadlines.parse(past));
		const { version } = await read();
		const plusOnes = { 0: { name: 'Noor', states: { [dinner]: 'yes' } } };
		await replies.answerFor(couple, household.id, AnswersFor.parse({ version, plusOnes }));
		const stored = await read();
		expect(stored.replies[dinner]![stored.brought.guests[0]!.id]!.state).toBe('yes');
	});

	it('says how many a household may bring, and its other changes leave that as it is', async () => {
		const { couple, household, riet, wim } = ours;
		const guests = [riet, wim].map(({ id, name, email }) => ({ id, name, email }));
		const edit = async (more: object) => {
			const { version } = await households.get(couple, household.id);
			await households.edit(couple, household.id, { name: 'Oma', language: 'nl', guests, version, ...more });
			return (await households.get(couple, household.id)).plusOnes;
		};
		expect(await edit({})).toBe(1);
		expect(await edit({ plusOnes: 3 })).toBe(3);
		expect(await edit({ plusOnes: 0 })).toBe(0);
	});
});
