import { now, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { type AskedQuestion, type Given, PART, type Question, type Value } from './question.ts';
import type { Said, SaidByOne } from './question.schema.ts';
import type { Replies, Sheet } from './reply.ts';
import type { Stored } from './stored.server.ts';

type Household = Pick<Sheet, 'events' | 'guests'> & { id: string; name: string };

/** What the couple asks this household, of its guests or of all of them together, and what was answered. */
export function match(
	{ questions: all, answers }: Pick<Stored, 'questions' | 'answers'>,
	{ id, name, events, guests }: Household
) {
	const questions: AskedQuestion[] = [];
	const given: Given = {};
	for (const question of all) {
		const event = events.find((one) => one.id === question.eventId);
		const asked = question.eventId ? (event?.guests ?? []) : guests;
		if (asked.length === 0) continue;
		const owners = question.scope === 'household' ? [{ id, name }] : asked;
		questions.push({ ...question, owners });
		for (const { questionId, ownerId, value } of answers)
			if (questionId === question.id && owners.some((owner) => owner.id === ownerId))
				(given[questionId] ??= {})[ownerId] = value;
	}
	return { questions, given };
}

/** What tells whether the questions, or what was answered, have changed. */
export function sumUp({ questions, given }: Pick<Sheet, 'questions' | 'given'>) {
	const asked = questions.map(({ id, kind, eventId, owners }) => [
		id,
		kind,
		eventId,
		owners.map((o) => o.id)
	]);
	return [asked, given];
}

/** Throws 404 for a question, or somebody, that no page of ours asks. */
export function refuseForeign({ questions }: Pick<Sheet, 'questions'>, said: Said): void {
	for (const [part, byQuestion] of Object.entries(said))
		for (const [id, byOwner] of Object.entries(byQuestion)) {
			const question = questions.find((one) => one.id === id && PART[one.kind] === part);
			if (!question) throw new Problem(404, 'question_not_found');
			const isOwner = (ownerId: string) => question.owners.some((owner) => owner.id === ownerId);
			if (!Object.keys(byOwner).every(isOwner)) throw new Problem(404, 'guest_not_found');
		}
}

/** Throws 409 for a choice that is not there, any more. */
export function refuseGone({ questions }: Pick<Sheet, 'questions'>, { chosen, several }: Said): void {
	for (const { id, choices } of questions) {
		const wanted = [...Object.values(chosen[id] ?? {}), ...Object.values(several[id] ?? {}).flat()];
		const isThere = (choiceId: string) => choices.some((choice) => choice.id === choiceId);
		if (!wanted.every((choiceId) => !choiceId || isThere(choiceId))) throw new Problem(409, 'choice_gone');
	}
}

/** The part of a form that is about the questions. */
export const pick = ({ texts, numbers, chosen, several, agreed }: Said): Said => ({
	...{ texts, numbers, chosen, several, agreed }
});

/** As if somebody had been on the page who was not on the list when it was filled in. */
export function addOwner(said: Said, ownerId: string, own: SaidByOne): void {
	for (const part of Object.values(PART))
		for (const [questionId, value] of Object.entries(own[part]))
			((said[part][questionId] ??= {}) as Record<string, unknown>)[ownerId] = value;
}

export const NOTHING = { texts: {}, numbers: {}, chosen: {}, several: {}, agreed: {} } satisfies Said;

export type Told = {
	questionId: string;
	ownerId: string;
	scope: Question['scope'];
	value: Value | undefined;
};

/** What is to be stored. `replies` are those that hold from now on: who does not come to an event is not asked about it. */
export function compare(stored: Sheet, said: Said, replies: Replies): { told: Told[]; isLate: boolean } {
	let isLate = false;
	const told = stored.questions.flatMap(({ id: questionId, kind, scope, eventId, owners }) =>
		owners.flatMap(({ id: ownerId }): Told[] => {
			const before = stored.given[questionId]?.[ownerId];
			const typed = said[PART[kind]][questionId];
			const wanted = typed && ownerId in typed ? typed[ownerId] : before;
			const isNew = JSON.stringify(wanted) !== JSON.stringify(before);
			if (isNew && !stored.areDetailsOpen) isLate = true;
			const isAsked = !eventId || isComing(stored, replies, { eventId, ownerId });
			const value = isAsked ? (stored.areDetailsOpen ? wanted : before) : undefined;
			if (JSON.stringify(value) === JSON.stringify(before)) return [];
			return [{ questionId, ownerId, scope, value }];
		})
	);
	return { told, isLate };
}

/** One guest, or anybody of the household; who waits for a place has not said no. */
function isComing({ events }: Sheet, replies: Replies, of: { eventId: string; ownerId: string }): boolean {
	const guests = events.find(({ id }) => id === of.eventId)?.guests ?? [];
	const coming = guests.filter(({ id }) => (replies[of.eventId]?.[id]?.state ?? 'no') !== 'no');
	const isGuest = guests.some(({ id }) => id === of.ownerId);
	return isGuest ? coming.some(({ id }) => id === of.ownerId) : coming.length > 0;
}

export async function store(weddingId: string, told: Told[], tx: Tx): Promise<void> {
	if (told.length === 0) return;
	const answeredAt = await now(tx);
	for (const { questionId, ownerId, scope, value } of told) {
		const owner = scope === 'household' ? { householdId: ownerId } : { guestId: ownerId };
		await tx.answer.deleteMany({ where: { questionId, weddingId, ...owner } });
		if (value === undefined) continue;
		await tx.answer.create({ data: { questionId, weddingId, ...owner, value, answeredAt } });
	}
}
