import { randomUUID } from 'node:crypto';
import { db, type Tx } from '../kernel/db/db.server.ts';
import { type Direction, shift } from '../kernel/db/order.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import type { Back } from '../removals/removed.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { MOST_QUESTIONS, type Question } from './question.ts';
import type { QuestionDetails } from './question.schema.ts';

const orderBy = [{ position: 'asc' as const }, { id: 'asc' as const }];

/** In the couple's order, with how many have answered each. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<(Question & { answers: number })[]> {
	permit(viewer, 'events:list');
	const { weddingId } = viewer;
	const include = { _count: { select: { answers: true } } };
	const found = await tx.question.findMany({ where: { weddingId }, orderBy, include });
	return found.map(({ _count, ...question }) => ({
		...(question as unknown as Question),
		answers: _count.answers
	}));
}

export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Question & { answers: number }> {
	permit(viewer, 'events:list');
	const question = (await list(viewer, tx)).find((one) => one.id === id);
	if (!question) throw new Problem(404, 'question_not_found');
	return question;
}

export async function add(viewer: Viewer, details: QuestionDetails): Promise<string> {
	permit(viewer, 'events:edit');
	return weddings.change(viewer, 'question.added', async (tx) => {
		const all = await list(viewer, tx);
		if (all.length >= MOST_QUESTIONS) throw new Problem(409, 'questions_many');
		const data = await prepare(viewer, details, [], tx);
		const position = all.length;
		return (await tx.question.create({ data: { ...data, position, weddingId: viewer.weddingId } })).id;
	});
}

/**
 * Once somebody has answered, only words change: throws 409 for another kind, other people or another event, and for a
 * choice that somebody took.
 */
export async function edit(viewer: Viewer, id: string, details: QuestionDetails): Promise<void> {
	permit(viewer, 'events:edit');
	await weddings.change(viewer, 'question.edited', async (tx) => {
		const before = await get(viewer, id, tx);
		const isSame = (['kind', 'scope', 'eventId'] as const).every((part) => before[part] === details[part]);
		if (before.answers > 0 && !isSame)
			throw new Problem(409, 'question_kind_answered', { count: before.answers });
		const data = await prepare(viewer, details, before.choices, tx);
		await refuseChosen(before, data.choices, tx);
		await tx.question.update({ where: { id, weddingId: viewer.weddingId }, data });
		return id;
	});
}

/**
 * Throws 409 when more answers would go with it than `answers`, the number that whoever removes it was told. Gives back by
 * which id it can be put back.
 */
export async function remove(viewer: Viewer, id: string, answers = 0): Promise<string> {
	permit(viewer, 'events:edit');
	let removalId = '';
	await weddings.change(viewer, 'question.removed', async (tx) => {
		const { answers: count } = await get(viewer, id, tx);
		if (count > answers) throw new Problem(409, 'question_answered', { count });
		const removed = { kind: 'question' as const, chosen: { question: [{ id }] } };
		removalId = await removals.keep(viewer.weddingId, removed, tx);
		await tx.question.delete({ where: { id, weddingId: viewer.weddingId } });
		return id;
	});
	return removalId;
}

/** With its answers. Throws 409 when it is too late, when there are too many by now, or when its event is gone. */
export async function restore(viewer: Viewer, removalId: string): Promise<Back> {
	permit(viewer, 'events:edit');
	let back: Back = { isWhole: true };
	await weddings.change(viewer, 'question.restored', async (tx) => {
		const kept = await removals.take(viewer.weddingId, removalId, ['question'], tx);
		if ((await list(viewer, tx)).length >= MOST_QUESTIONS) throw new Problem(409, 'questions_many');
		back = await removals.restore(kept, tx);
		return kept.rows.question![0]!.id as string;
	});
	return back;
}

/** One place up or down, as far as there are places. */
export async function move(viewer: Viewer, id: string, direction: Direction): Promise<void> {
	permit(viewer, 'events:edit');
	await weddings.change(viewer, 'question.moved', async (tx) => {
		const ids = (await list(viewer, tx)).map((question) => question.id);
		const moved = shift(ids, id, direction);
		if (!moved) throw new Problem(404, 'question_not_found');
		for (const [position, one] of moved.entries())
			await tx.question.update({ where: { id: one, weddingId: viewer.weddingId }, data: { position } });
		return id;
	});
}

/** A choice keeps its id; one that is not of this question was, before somebody took it off, and is a new one. */
async function prepare(viewer: Viewer, details: QuestionDetails, before: { id: string }[], tx: Tx) {
	const { text, kind, scope, eventId } = details;
	const { weddingId } = viewer;
	if (eventId && (await tx.event.count({ where: { id: eventId, weddingId } })) === 0)
		throw new Problem(404, 'event_not_found');
	const known = new Set(before.map(({ id }) => id));
	const choices = details.choices.map(({ id, name }) => ({
		id: id && known.has(id) ? id : randomUUID(),
		name
	}));
	return { text, kind, scope, eventId, choices };
}

async function refuseChosen({ id, choices }: Question, kept: { id: string }[], tx: Tx): Promise<void> {
	const gone = choices.filter((choice) => !kept.some((one) => one.id === choice.id));
	if (gone.length === 0) return;
	const isChosen = gone.flatMap((choice) => [
		{ value: { equals: choice.id } },
		{ value: { array_contains: [choice.id] } }
	]);
	const count = await tx.answer.count({ where: { questionId: id, OR: isChosen } });
	if (count > 0) throw new Problem(409, 'choice_chosen', { count });
}
