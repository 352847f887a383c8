import { beforeAll, beforeEach, expect, it } from 'vitest';
import { details, type Dinner, makeDinner } from '../../testing/dinner.ts';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { writeHtml } from '../mail/letter.ts';
import { compose } from '../outbox/letters.server.ts';
import { count } from './answers.ts';
import * as answers from './answers.server.ts';
import * as events from './events.server.ts';
import { Answers } from './reply.schema.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs('outbox.send', 'outbox.urgent'));

let dinner: Dinner;
let ids: [riet: string, wim: string, sofie: string, tom: string];

/** Riet and Wim with Sofie and Tom, a child; only Riet has an address. */
beforeEach(async () => {
	dinner = await makeDinner();
	const { weddingId, household, riet, wim, id: eventId } = dinner;
	const more = { weddingId, householdId: household.id };
	const [sofie, tom] = await db.guest.createManyAndReturn({
		data: [
			{ ...more, name: 'Sofie', position: 2 },
			{ ...more, name: 'Tom', isChild: true, position: 3 }
		]
	});
	const asked = [sofie!, tom!].map(({ id: guestId }) => ({ eventId, guestId, weddingId }));
	await db.invitation.createMany({ data: asked });
	ids = [riet.id, wim.id, sofie!.id, tom!.id];
});

/** As from a page that was opened just now. */
async function say(typed: object) {
	const { version, diets, song, message } = await replies.getOwn(dinner.guest);
	await replies.answer(dinner.guest, Answers.parse({ version, diets, song, message, ...typed }));
}

/** All four come: two have soup, two fish, and each has a diet. */
async function sayYes(more: object = {}) {
	const { id, soup, fish } = dinner;
	const meals = [soup, soup, fish, fish];
	const said = ids.map((guest, n) => [guest, { state: 'yes', mealId: meals[n]!.id }]);
	const diets = Object.fromEntries(ids.map((guest, n) => [guest, `diet ${n}`]));
	await say({ replies: { [id]: Object.fromEntries(said) }, diets, ...more });
}

async function counted() {
	const { couple, id } = dinner;
	const { yes, no, silent, children, meals } = count(
		await events.get(couple, id),
		await answers.list(couple)
	);
	const eaten = meals.map(({ guests }) => guests);
	const diets = (await answers.listDiets(couple)).map(({ text }) => text);
	return { yes, no, silent, children, eaten, diets };
}

const letters = async () => {
	const mails = await letterbox.list({ weddingId: dinner.weddingId });
	return Promise.all(mails.map(async (mail) => (await compose('answers')(mail))!));
};

it('one of four declines: counts, meals and what the kitchen reads follow, and the others stay as they were', async () => {
	await sayYes();
	const before = (await replies.getOwn(dinner.guest)).replies[dinner.id]!;
	const all = { yes: 4, no: 0, silent: 0, children: 1, eaten: [2, 2] };
	expect(await counted()).toEqual({ ...all, diets: ['diet 0', 'diet 1', 'diet 2', 'diet 3'] });

	const tom = ids[3];
	await say({ replies: { [dinner.id]: { [tom]: { state: 'no' } } } });
	expect(await counted()).toEqual({
		...{ yes: 3, no: 1, silent: 0, children: 0, eaten: [2, 1] },
		diets: ['diet 0', 'diet 1', 'diet 2']
	});
	const { [tom]: declined, ...others } = (await replies.getOwn(dinner.guest)).replies[dinner.id]!;
	expect(declined).toEqual({ state: 'no' });
	expect({ ...others, [tom]: before[tom] }).toEqual(before);
});

it('one tap answers for all of whom the form says nothing else', async () => {
	const { id, soup } = dinner;
	const [riet, wim, sofie, tom] = ids;
	const everybody = { [id]: { state: 'yes', ...Object.fromEntries(ids.map((guest) => [guest, ''])) } };
	const said = { [wim]: { state: 'no' }, [tom]: { mealId: soup.id } };
	await say({ everybody, replies: { [id]: said } });
	const stored = (await replies.getOwn(dinner.guest)).replies[id]!;
	expect(ids.map((guest) => stored[guest]!.state)).toEqual(['yes', 'no', 'yes', 'yes']);
	expect([stored[tom]!.mealId, stored[sofie]!.mealId]).toEqual([soup.id, undefined]);
	// nobody pressed it
	const untouched = { [id]: { [riet]: '' } };
	expect(Answers.parse({ version: '', everybody: untouched }).replies).toEqual({});
	const other = await makeDinner();
	for (const wrong of [
		{ [id]: { state: 'yes', [other.riet.id]: '' } },
		{ [other.id]: { state: 'yes', [riet]: '' } }
	])
		await expect(say({ everybody: wrong })).rejects.toMatchObject({ status: 404 });
	for (const nonsense of ['x', { [id]: 'x' }, { [id]: { state: {}, [riet]: '' } }])
		Answers.safeParse({ version: '', everybody: nonsense, replies: { [id]: 'x' } });
});

it('an answer that cannot be stored whole is not stored in part', async () => {
	await sayYes();
	const { version } = await replies.getOwn(dinner.guest);
	const no = { [dinner.id]: { [ids[0]]: { state: 'no' } } };
	const typed = Answers.parse({ version, replies: no, diets: { [ids[1]]: 'other' } });
	// the song is stored after all of it, and Postgres has no such sign
	await expect(replies.answer(dinner.guest, { ...typed, song: '\0' })).rejects.toThrow();
	expect(await counted()).toMatchObject({
		yes: 4,
		eaten: [2, 2],
		diets: ['diet 0', 'diet 1', 'diet 2', 'diet 3']
	});
	expect(await letters()).toHaveLength(1);
});

it('one address is one mail with the answers of all four, and who comes along sees the same by its link', async () => {
	const { household, guest, email, weddingId } = dinner;
	await db.household.update({ where: { id: household.id }, data: { plusOnes: 1 } });
	await sayYes({ plusOnes: { 0: { name: 'Noor', states: { [dinner.id]: 'yes' } } } });
	expect(await letterbox.list({ weddingId })).toMatchObject([{ address: email }]);
	const [letter] = await letters();
	const text = letter!.paragraphs.join('\n').replace(/[\u2066-\u2069]/g, '');
	for (const line of [
		'Riet: Coming, Soup',
		'Wim: Coming, Soup',
		'Sofie: Coming, Fish',
		'Tom: Coming, Fish',
		'Noor: Coming'
	])
		expect(text).toContain(line);
	const own = await replies.getOwn(guest);
	const noor = own.brought.guests[0]!.id;
	expect(await replies.getOwn({ ...guest, guestId: noor })).toEqual(own);
});

it('no event that they are not asked to is on their page or in their mail', async () => {
	const { couple, guest } = dinner;
	const name = { en: 'Secret brunch', nl: 'Secret brunch' };
	const meals = [{ name: { en: 'Secret pie', nl: '' }, isForChildren: false }];
	await events.add(couple, { ...details, name, meals, asked: 'nobody' });
	await sayYes();
	const seen = [await replies.getOwn(guest), await events.listOwn(guest), await letters()];
	expect(JSON.stringify(seen)).toContain('Diner');
	expect(JSON.stringify(seen)).not.toContain('Secret');
});

it('markup is words in the mail, whoever typed it and where', async () => {
	const markup = '<img src=x onerror="alert(1)"><b>';
	await db.guest.update({ where: { id: ids[1] }, data: { name: `Wim ${markup}` } });
	await sayYes({ song: `Waterloo ${markup}` });
	const [letter] = await letters();
	expect(letter!.paragraphs.join('\n')).toContain(`Waterloo ${markup}`);
	expect(writeHtml(letter!)).not.toMatch(/<img|<b>/);
});
