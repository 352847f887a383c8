import { beforeAll, describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { details, type Dinner, makeDinner } from '../../testing/dinner.ts';
import { acceptJobs } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { compose } from '../outbox/letters.server.ts';
import * as answers from './answers.server.ts';
import * as asked from './asked.server.ts';
import * as deadlines from './deadlines.server.ts';
import * as events from './events.server.ts';
import { countAnswers } from './reply.ts';
import { Answers, AnswersFor, Deadlines } from './reply.schema.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs());

/** As from a page that was opened just now. */
async function say({ guest }: Pick<Dinner, 'guest'>, typed: object) {
	const { version, diets, song, message } = await replies.getOwn(guest);
	await replies.answer(guest, Answers.parse({ version, diets, song, message, ...typed }));
}

const past = '2020-01-01T12:00';
const future = '2065-01-01T12:00';
const close = ({ couple }: Dinner, detailsUntil = '') =>
	deadlines.set(couple, Deadlines.parse({ answersUntil: past, detailsUntil }));

describe('an answer', () => {
	it('is given for all of a household by any of them, and comes back filled in', async () => {
		const dinner = await makeDinner();
		const { id, riet, wim, soup, guest, household } = dinner;
		const said = { [riet.id]: { state: 'yes', mealId: soup.id }, [wim.id]: { state: 'no', mealId: soup.id } };
		await say(dinner, { replies: { [id]: said }, diets: { [riet.id]: 'no nuts' }, song: 'Waterloo' });
		const stored = await replies.getOwn({ ...guest, guestId: wim.id });
		expect(stored).toMatchObject({
			...{ answeredBy: 'Riet', song: 'Waterloo', diets: { [riet.id]: 'no nuts' } },
			// who does not come eats nothing
			replies: { [id]: { [riet.id]: { state: 'yes', mealId: soup.id }, [wim.id]: { state: 'no' } } }
		});
		expect(stored.replies[id]![wim.id]!.mealId).toBeUndefined();
		const mails = await letterbox.list({ householdId: household.id });
		expect(mails).toMatchObject([{ kind: 'answers', language: 'nl', address: dinner.email }]);
		const letter = JSON.stringify(await compose('answers')(mails[0]!));
		expect(letter).toContain('Waterloo');
		expect(letter).not.toContain('nuts');
	});

	it('is none where nobody touched the box, and looking again and saving changes nothing', async () => {
		const dinner = await makeDinner();
		const { id, riet, guest, household } = dinner;
		await say(dinner, { replies: { [id]: { [riet.id]: { state: 'yes' } } } });
		expect(countAnswers(await replies.getOwn(guest))).toEqual({ answered: 1, asked: 2 });
		const before = await db.rsvp.findUnique({ where: { householdId: household.id } });
		await say(dinner, { replies: { [id]: { [riet.id]: { state: 'yes', mealId: '' } } } });
		expect(await db.rsvp.findUnique({ where: { householdId: household.id } })).toEqual(before);
		expect(await letterbox.count({ householdId: household.id })).toBe(1);
	});

	it('of a second tab is refused, and nothing of it stored', async () => {
		const dinner = await makeDinner();
		const { id, riet, guest } = dinner;
		const { version } = await replies.getOwn(guest);
		await say(dinner, { replies: { [id]: { [riet.id]: { state: 'no' } } } });
		const second = { version, replies: { [id]: { [riet.id]: { state: 'yes' } } } };
		await expect(replies.answer(guest, Answers.parse(second))).rejects.toMatchObject({
			...{ status: 409, code: 'answers_changed' }
		});
		expect((await replies.getOwn(guest)).replies[id]![riet.id]!.state).toBe('no');
	});

	it('that comes once more, its receipt having got lost, is taken and changes nothing', async () => {
		const dinner = await makeDinner();
		const { id, riet, guest, weddingId } = dinner;
		const { version } = await replies.getOwn(guest);
		const said = { version, replies: { [id]: { [riet.id]: { state: 'no' } } }, song: 'Waterloo' };
		const twice = Answers.parse(said);
		await replies.answer(guest, twice);
		const { answeredAt } = await replies.getOwn(guest);
		await replies.answer(guest, twice);
		expect((await replies.getOwn(guest)).answeredAt).toEqual(answeredAt);
		const entries = { weddingId, action: 'household.answered' };
		expect(await db.auditEntry.count({ where: entries })).toBe(1);
		for (const other of [{ song: 'Fernando' }, { plusOnes: { 0: { name: 'Sem' } } }])
			await expect(replies.answer(guest, Answers.parse({ ...said, ...other }))).rejects.toMatchObject({
				...{ status: 409, code: 'answers_changed' }
			});
	});

	it('is not taken for another household, event or meal', async () => {
		const dinner = await makeDinner();
		const other = await makeDinner();
		const { id, riet } = dinner;
		const yes = { state: 'yes' };
		for (const typed of [
			{ replies: { [id]: { [other.riet.id]: yes } } },
			{ replies: { [other.id]: { [riet.id]: yes } } },
			{ diets: { [other.riet.id]: 'x' } }
		])
			await expect(say(dinner, typed)).rejects.toMatchObject({ status: 404 });
		const meal = { replies: { [id]: { [riet.id]: { ...yes, mealId: other.soup.id } } } };
		await expect(say(dinner, meal)).rejects.toMatchObject({ status: 409, code: 'meal_gone' });
		expect(await db.reply.count({ where: { weddingId: { in: [dinner.weddingId, other.weddingId] } } })).toBe(
			0
		);
	});

	it('is not taken for an event that one of the household is not asked to', async () => {
		const dinner = await makeDinner();
		const { id, riet, wim, couple, household } = dinner;
		await asked.set(couple, household.id, { asked: { [id]: { [wim.id]: 'on' } }, answersUntil: null });
		expect((await replies.getOwn(dinner.guest)).guests.map(({ name }) => name)).toEqual(['Wim']);
		const typed = { replies: { [id]: { [riet.id]: { state: 'yes' } } }, diets: {} };
		await expect(say(dinner, typed)).rejects.toMatchObject({ status: 404 });
	});

	it('has 500 letters for a diet, which the database does not show', async () => {
		expect(
			Answers.safeParse({ version: '', diets: { [crypto.randomUUID()]: 'x'.repeat(10_000) } })
		).toMatchObject({ success: false, error: { issues: [{ message: 'too_long' }] } });
		const dinner = await makeDinner();
		await say(dinner, { diets: { [dinner.riet.id]: 'peanuts' } });
		const { sealed } = await db.diet.findUniqueOrThrow({ where: { guestId: dinner.riet.id } });
		expect(Buffer.from(sealed).toString('latin1')).not.toContain('peanuts');
		const audit = await db.auditEntry.findMany({ where: { weddingId: dinner.weddingId } });
		expect(JSON.stringify(audit)).not.toContain('peanuts');
		await say(dinner, { diets: { [dinner.riet.id]: '' } });
		expect(await db.diet.count({ where: { guestId: dinner.riet.id } })).toBe(0);
	});
});

describe('after the deadline', () => {
	it('yes and no are refused, and what the same form says of a diet is kept while details are open', async () => {
		const dinner = await makeDinner();
		const { id, riet, wim, soup, fish, guest } = dinner;
		await say(dinner, { replies: { [id]: { [riet.id]: { state: 'yes', mealId: soup.id } } } });
		await close(dinner, future);
		const typed = { [riet.id]: { state: 'no', mealId: fish.id }, [wim.id]: { state: 'yes' } };
		await expect(
			say(dinner, { replies: { [id]: typed }, diets: { [riet.id]: 'vegan' } })
		).rejects.toMatchObject({ status: 403, code: 'answers_late' });
		const stored = await replies.getOwn(guest);
		expect(stored.replies).toEqual({ [id]: { [riet.id]: { state: 'yes', mealId: fish.id } } });
		expect(stored).toMatchObject({ diets: { [riet.id]: 'vegan' }, isOpen: false, areDetailsOpen: true });
		await say(dinner, { diets: { [riet.id]: 'vegan, no nuts' } });
	});

	it('nothing is taken where details have no date of their own', async () => {
		const dinner = await makeDinner();
		await close(dinner);
		for (const typed of [{ diets: { [dinner.riet.id]: 'vegan' } }, { song: 'Waterloo' }])
			await expect(say(dinner, typed)).rejects.toMatchObject({ status: 403 });
		expect(await replies.getOwn(dinner.guest)).toMatchObject({ diets: { [dinner.riet.id]: '' }, song: '' });
	});

	it('a household with a deadline of its own still answers', async () => {
		const dinner = await makeDinner();
		const { id, riet, couple, household } = dinner;
		await close(dinner);
		const boxes = { [id]: { [riet.id]: 'on' } };
		await asked.set(couple, household.id, { asked: boxes, answersUntil: future });
		await say(dinner, { replies: { [id]: { [riet.id]: { state: 'yes' } } }, diets: {} });
		expect((await replies.getOwn(dinner.guest)).replies[id]![riet.id]!.state).toBe('yes');
	});
});

describe('the couple', () => {
	it('sees who said what, and what those who come eat; helpers do not', async () => {
		const dinner = await makeDinner();
		const { id, riet, wim, soup, couple, helper, guest } = dinner;
		const said = { [riet.id]: { state: 'yes', mealId: soup.id }, [wim.id]: { state: 'no' } };
		const diets = { [riet.id]: 'no nuts', [wim.id]: 'no pork' };
		await say(dinner, { replies: { [id]: said }, diets });
		const found = await answers.list(couple);
		expect(found).toMatchObject([
			{ guest: 'Riet', household: 'Oma Riet & Opa Wim', state: 'yes', mealId: soup.id },
			{ guest: 'Wim', state: 'no', mealId: null }
		]);
		expect(await answers.listDiets(couple)).toMatchObject([{ guest: 'Riet', text: 'no nuts' }]);
		for (const viewer of [helper, guest])
			await expect(async () => answers.listDiets(viewer)).rejects.toMatchObject({ status: 403 });
	});

	it('removes no event with answers that it was not told of, and no meal that somebody chose', async () => {
		const dinner = await makeDinner();
		const { id, riet, soup, fish, couple } = dinner;
		await say(dinner, { replies: { [id]: { [riet.id]: { state: 'yes', mealId: soup.id } } } });
		await expect(events.remove(couple, id)).rejects.toMatchObject({ status: 409, params: { count: 1 } });
		const without = {
			...details,
			meals: [{ id: fish.id, name: { en: 'Fish', nl: '' }, isForChildren: false }]
		};
		await expect(events.edit(couple, id, without)).rejects.toMatchObject({
			status: 409,
			code: 'meal_chosen'
		});
		expect((await events.get(couple, id)).meals).toHaveLength(2);
		await events.remove(couple, id, 1);
		expect(await db.reply.count({ where: { eventId: id } })).toBe(0);
	});
});

describe('on behalf', () => {
	async function answerFor(dinner: Dinner, typed: object) {
		const { couple, household } = dinner;
		const { version } = (await replies.getFor(couple, household.id)).sheet;
		await replies.answerFor(couple, household.id, AnswersFor.parse({ version, ...typed }));
	}

	it('the couple answers after the deadline, which the household reads, and the reason it does not', async () => {
		const dinner = await makeDinner();
		const { id, riet, guest, couple, household } = dinner;
		await db.account.update({ where: { id: couple.accountId }, data: { name: 'Anna' } });
		await deadlines.set(couple, Deadlines.parse({ answersUntil: past, detailsUntil: '' }));
		await answerFor(dinner, {
			replies: { [id]: { [riet.id]: { state: 'yes' } } },
			reason: 'phoned on Sunday'
		});
		const own = await replies.getOwn(guest);
		expect(own).toMatchObject({ onBehalfBy: 'Anna', answeredBy: null, isOpen: false });
		expect(own.replies[id]![riet.id]!.state).toBe('yes');
		expect(JSON.stringify(own)).not.toContain('Sunday');
		expect(await replies.getFor(couple, household.id)).toMatchObject({ reason: 'phoned on Sunday' });
		const mail = await letterbox.get({ householdId: household.id });
		expect(JSON.stringify(await compose('answers')(mail))).toContain('Anna');
	});

	it('writes to nobody where the couple says so, and is over when the household answers itself', async () => {
		const dinner = await makeDinner();
		const { id, riet, wim, guest, couple, household } = dinner;
		const typed = { replies: { [id]: { [riet.id]: { state: 'yes' } } }, reason: 'met her', isQuiet: 'on' };
		await answerFor(dinner, typed);
		expect(await letterbox.count({ householdId: household.id })).toBe(0);
		// without a name of their own it is the two of them
		expect((await replies.getOwn(guest)).onBehalfBy).toBe('Anna & Ben');
		await say(dinner, { replies: { [id]: { [wim.id]: { state: 'no' } } } });
		expect(await replies.getFor(couple, household.id)).toMatchObject({
			...{ reason: '', sheet: { onBehalfBy: '', answeredBy: 'Riet' } }
		});
	});

	it('knows a second tab, and is for the couple of this wedding alone', async () => {
		const [dinner, other] = [await makeDinner(), await makeDinner()];
		const { couple, helper, guest, household } = dinner;
		const typed = AnswersFor.parse({ version: 'old', song: 'Waterloo' });
		const refused = (viewer: typeof guest) => replies.answerFor(viewer, household.id, typed);
		await expect(refused(couple)).rejects.toMatchObject({ status: 409 });
		await expect(refused(helper)).rejects.toMatchObject({ status: 403 });
		await expect(refused(guest)).rejects.toMatchObject({ status: 403 });
		await expect(refused(other.couple)).rejects.toMatchObject({ status: 404 });
	});
});
