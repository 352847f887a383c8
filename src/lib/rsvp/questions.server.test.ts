import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { compose } from '../outbox/letters.server.ts';
import * as deadlines from './deadlines.server.ts';
import { EventDetails } from './event.schema.ts';
import * as events from './events.server.ts';
import type { Question } from './question.ts';
import * as questionAnswers from './question-answers.server.ts';
import { QuestionDetails } from './question.schema.ts';
import * as questions from './questions.server.ts';
import { Answers, Deadlines } from './reply.schema.ts';
import * as replies from './replies.server.ts';

beforeAll(() => acceptJobs());

const words = { en: '', nl: '' };
const dinner = EventDetails.parse({
	...{ name: { en: 'Dinner', nl: '' }, startsAt: '2066-06-12T18:00', endsAt: '', place: '', meals: {} },
	...{ address: '', mapUrl: '', dressCode: words, note: words }
});
const described = (kind: Question['kind'], more: object = {}) =>
	QuestionDetails.parse({
		...{ text: { en: `A ${kind}?`, nl: '' }, kind, scope: 'guest', eventId: '' },
		...{ choices: { 0: { en: 'Ten', nl: '' }, 1: { en: 'Twelve', nl: '' } }, ...more }
	});

type Asked = Awaited<ReturnType<typeof makeAsked>>;
async function makeAsked() {
	const wedding = await makeWedding();
	const eventId = await events.add(wedding.couple, { ...dinner, asked: 'everybody' });
	return { ...wedding, eventId };
}

const add = async ({ couple }: Pick<Asked, 'couple'>, kind: Question['kind'], more?: object) =>
	questions.get(couple, await questions.add(couple, described(kind, more)));

/** As from a page that was opened just now. */
async function say({ guest }: Pick<Asked, 'guest'>, typed: object) {
	const { version, diets, song, message } = await replies.getOwn(guest);
	await replies.answer(guest, Answers.parse({ version, diets, song, message, ...typed }));
}

const given = async ({ guest }: Asked) => (await replies.getOwn(guest)).given;

describe('a question', () => {
	let asked: Asked;
	beforeEach(async () => void (asked = await makeAsked()));

	it('of each kind is answered by guests or by their household, comes back, and is in the letter', async () => {
		const { riet, wim, household, couple } = asked;
		const [text, choice, several, number, agreed] = [
			await add(asked, 'text', { scope: 'household' }),
			await add(asked, 'choice'),
			await add(asked, 'several'),
			await add(asked, 'number', { scope: 'household' }),
			await add(asked, 'yes_no')
		];
		const [ten, twelve] = choice.choices as unknown as [{ id: string }, { id: string }];
		const both = Object.fromEntries(several.choices.map(({ id }) => [id, 'on']));
		await say(asked, {
			texts: { [text.id]: { [household.id]: 'A pram' } },
			chosen: { [choice.id]: { [riet.id]: ten.id, [wim.id]: twelve.id } },
			several: { [several.id]: { [riet.id]: { none: '', ...both }, [wim.id]: { none: '' } } },
			numbers: { [number.id]: { [household.id]: '1,5' } },
			agreed: { [agreed.id]: { [wim.id]: 'false' } }
		});
		expect(await given(asked)).toEqual({
			[text.id]: { [household.id]: 'A pram' },
			[choice.id]: { [riet.id]: ten.id, [wim.id]: twelve.id },
			[several.id]: { [riet.id]: Object.keys(both) },
			[number.id]: { [household.id]: 1.5 },
			[agreed.id]: { [wim.id]: false }
		});
		const [mail] = await letterbox.list({ householdId: household.id });
		const letter = JSON.stringify(await compose('answers')(mail!));
		for (const part of ['A pram', 'Wim: Twelve', 'Riet: Ten, Twelve', '1,5']) expect(letter).toContain(part);

		const counted = await questionAnswers.list(couple);
		expect(counted.map(({ values }) => values.map(({ name }) => name))).toEqual([
			...[[household.name], ['Riet', 'Wim'], ['Riet'], [household.name], ['Wim']]
		]);
		await say(asked, { several: { [several.id]: { [riet.id]: { none: '' } } }, chosen: {} });
		expect((await given(asked))[several.id]).toBeUndefined();
		expect((await given(asked))[choice.id]).toBeDefined();
	});

	it('about an event is for those who come to it, and its answer goes with their yes', async () => {
		const { riet, wim, household, eventId, couple } = asked;
		const bus = await add(asked, 'yes_no', { eventId });
		const beds = await add(asked, 'number', { eventId, scope: 'household' });
		const both = { agreed: { [bus.id]: { [riet.id]: 'true', [wim.id]: 'true' } } };
		const two = { numbers: { [beds.id]: { [household.id]: '2' } } };
		await say(asked, { replies: { [eventId]: { [wim.id]: { state: 'no' } } }, ...both, ...two });
		expect(await given(asked)).toEqual({});
		await say(asked, { replies: { [eventId]: { [riet.id]: { state: 'yes' } } }, ...both, ...two });
		expect(await given(asked)).toEqual({ [bus.id]: { [riet.id]: true }, [beds.id]: { [household.id]: 2 } });
		expect((await questionAnswers.list(couple)).map(({ values }) => values.length)).toEqual([1, 1]);
		await say(asked, { replies: { [eventId]: { [riet.id]: { state: 'no' } } } });
		expect(await given(asked)).toEqual({});
	});

	it('of another wedding, another kind, somebody else or a choice that is gone is not taken', async () => {
		const other = await makeAsked();
		const [own, foreign] = [await add(asked, 'choice'), await add(other, 'choice')];
		const { riet } = asked;
		for (const typed of [
			{ chosen: { [foreign.id]: { [riet.id]: '' } } },
			{ texts: { [own.id]: { [riet.id]: 'x' } } },
			{ chosen: { [own.id]: { [other.riet.id]: '' } } },
			{ chosen: { [own.id]: { [asked.household.id]: '' } } }
		])
			await expect(say(asked, typed)).rejects.toMatchObject({ status: 404 });
		const gone = { chosen: { [own.id]: { [riet.id]: foreign.choices[0]!.id } } };
		await expect(say(asked, gone)).rejects.toMatchObject({ status: 409, code: 'choice_gone' });
		expect(await given(asked)).toEqual({});
	});

	it('that is new, or was answered elsewhere, makes a page that was open before an old one', async () => {
		const { version } = await replies.getOwn(asked.guest);
		await add(asked, 'text');
		const typed = Answers.parse({ version, song: 'Waterloo' });
		await expect(replies.answer(asked.guest, typed)).rejects.toMatchObject({ code: 'answers_changed' });
	});

	it('is open as long as meals are', async () => {
		const { couple, riet, eventId } = asked;
		const bus = await add(asked, 'yes_no', { eventId });
		await say(asked, { replies: { [eventId]: { [riet.id]: { state: 'yes' } } } });
		const close = (detailsUntil: string) =>
			deadlines.set(couple, Deadlines.parse({ answersUntil: '2020-01-01T12:00', detailsUntil }));
		await close('2065-01-01T12:00');
		await say(asked, { agreed: { [bus.id]: { [riet.id]: 'true' } } });
		await close('');
		const late = say(asked, { agreed: { [bus.id]: { [riet.id]: 'false' } } });
		await expect(late).rejects.toMatchObject({ status: 403, code: 'answers_late' });
		expect(await given(asked)).toEqual({ [bus.id]: { [riet.id]: true } });
	});
});

it.each([
	['texts', 'x'.repeat(501), 'too_long'],
	['numbers', '1e9', 'number'],
	['numbers', '1000001', 'number'],
	['numbers', 'two', 'number'],
	['chosen', 'ten', 'invalid'],
	['agreed', 'maybe', 'invalid']
])('%s of a form that says %.9s comes back as %s', (part, typed, message) => {
	const id = crypto.randomUUID();
	const { error } = Answers.safeParse({ version: '', [part]: { [id]: { [id]: typed } } });
	expect(error?.issues).toMatchObject([{ path: [part, id, id] }]);
	if (message !== 'invalid') expect(error?.issues).toMatchObject([{ message }]);
});

describe('the couple', () => {
	it('puts its questions in order, twelve at most', async () => {
		const asked = await makeAsked();
		const { couple, helper } = asked;
		const ids: string[] = [];
		for (let n = 0; n < 12; n++) ids.push((await add(asked, 'text')).id);
		await expect(add(asked, 'text')).rejects.toMatchObject({ status: 409, code: 'questions_many' });
		await questions.move(couple, ids[0]!, 'up');
		await questions.move(couple, ids[2]!, 'up');
		await questions.move(couple, ids[0]!, 'down');
		const order = (await questions.list(couple)).map(({ id }) => ids.indexOf(id));
		expect(order.slice(0, 4)).toEqual([2, 0, 1, 3]);
		await expect(questions.move(helper, ids[0]!, 'up')).rejects.toMatchObject({ status: 403 });
	});

	it('changes only words once somebody has answered, and loses no answer unless told', async () => {
		const asked = await makeAsked();
		const { couple, riet, eventId } = asked;
		const bus = await add(asked, 'choice');
		await say(asked, { chosen: { [bus.id]: { [riet.id]: bus.choices[0]!.id } } });
		const before = { ...described('choice'), choices: bus.choices } as QuestionDetails;
		for (const more of [{ kind: 'text' as const }, { scope: 'household' as const }, { eventId }])
			await expect(questions.edit(couple, bus.id, { ...before, ...more })).rejects.toMatchObject({
				...{ status: 409, code: 'question_kind_answered', params: { count: 1 } }
			});
		const without = {
			...before,
			choices: [before.choices[1]!, { id: undefined, name: { en: 'New', nl: '' } }]
		};
		await expect(questions.edit(couple, bus.id, without)).rejects.toMatchObject({ code: 'choice_chosen' });
		await questions.edit(couple, bus.id, { ...before, text: { en: 'Which bus?', nl: 'Welke bus?' } });
		expect(await given(asked)).toEqual({ [bus.id]: { [riet.id]: bus.choices[0]!.id } });
		await expect(questions.remove(couple, bus.id)).rejects.toMatchObject({ params: { count: 1 } });
		await questions.remove(couple, bus.id, 1);
		expect(await db.answer.count({ where: { weddingId: asked.weddingId } })).toBe(0);
	});
});
