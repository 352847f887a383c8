import { beforeAll, expect, it } from 'vitest';
import { acceptJobs } from '../../testing/fixtures.ts';
import { makeDinner } from '../../testing/dinner.ts';
import { db } from '../kernel/db/db.server.ts';
import * as changes from './changes.server.ts';
import * as questions from './questions.server.ts';
import { Answers, AnswersFor } from './reply.schema.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs());

it('what changed in an answer is told by whom, from what to what, also of what is gone', async () => {
	const { couple, guest, household, id, riet, soup } = await makeDinner();
	await db.account.update({ where: { id: couple.accountId }, data: { name: 'Anna' } });
	const yes = { [id]: { [riet.id]: { state: 'yes', mealId: soup.id } } };
	const { version } = await replies.getOwn(guest);
	await replies.answer(guest, Answers.parse({ version, replies: yes, diets: { [riet.id]: 'no nuts' } }));
	const { sheet } = await replies.getFor(couple, household.id);
	const no = { [id]: { [riet.id]: { state: 'no' } } };
	await replies.answerFor(
		couple,
		household.id,
		AnswersFor.parse({ version: sheet.version, replies: no, diets: sheet.diets })
	);
	await db.meal.delete({ where: { id: soup.id } });

	const silent = { state: null, hasMeal: false };
	const soups = { state: 'yes', hasMeal: true, meal: undefined };
	const dinner = { event: { en: 'Dinner', nl: 'Diner' }, guest: 'Riet' };
	expect(await changes.list(couple, household.id)).toMatchObject([
		{ by: 'Anna', replies: [{ ...dinner, from: soups, to: { state: 'no' } }], diets: [] },
		{ by: 'Riet', replies: [{ ...dinner, from: silent, to: soups }], diets: ['Riet'] }
	]);
	await db.event.delete({ where: { id } });
	expect((await changes.list(couple, household.id))[0]!.replies[0]!.event).toBeUndefined();
	await expect(changes.list(guest, household.id)).rejects.toMatchObject({ status: 403 });
});

it('who came along and who does not any more, and which question was answered, are told too', async () => {
	const { couple, guest, household, id, riet } = await makeDinner();
	await db.household.update({ where: { id: household.id }, data: { plusOnes: 1 } });
	const text = { en: 'Which bus?', nl: '' };
	const bus = await questions.add(couple, {
		...{ text, kind: 'text', scope: 'guest', eventId: null, choices: [] }
	});
	const say = async (typed: object) => {
		const { version, diets } = await replies.getOwn(guest);
		await replies.answer(guest, Answers.parse({ version, diets, ...typed }));
	};
	await say({ plusOnes: { 0: { name: 'Noor', states: { [id]: 'yes' } } } });
	const [noor] = (await replies.getOwn(guest)).brought.guests;
	await say({ plusOnes: { [noor!.id]: { remove: 'on' } }, texts: { [bus]: { [riet.id]: 'None' } } });
	expect(await changes.list(couple, household.id)).toMatchObject([
		{ takenBack: [{ name: 'Noor', answers: 1 }], questions: [{ question: text, guest: 'Riet' }] },
		{ brought: ['Noor'], replies: [{ guest: undefined, to: { state: 'yes' } }], questions: [] }
	]);
});
