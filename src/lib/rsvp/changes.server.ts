import * as trail from '../audit/trail.server.ts';
import { db } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Words } from '../i18n/words.ts';
import type { Change, Said } from './changes.ts';

/** As replies.server.ts writes it down; nothing of it is left once the audit has expired. */
type Stored = {
	by?: string | null;
	changes?: { eventId: string; guestId: string; from: Stated; to: Stated }[];
	diets?: string[];
	questions?: { questionId: string; ownerId: string }[];
	brought?: string[];
	takenBack?: Change['takenBack'];
};
type Stated = { state: string | null; mealId: string | null };

/** Who changed which answer of a household when, from what to what, newest first. */
export async function list(viewer: Viewer, householdId: string): Promise<Change[]> {
	permit(viewer, 'answers:read');
	const { weddingId } = viewer;
	const entries = await trail.list(viewer, 'household.answered', householdId);
	if (entries.length === 0) return [];
	const guests = await db.guest.findMany({ where: { weddingId }, select: { id: true, name: true } });
	const events = await db.event.findMany({ where: { weddingId }, include: { meals: true } });
	const questions = await db.question.findMany({ where: { weddingId } });
	const accountIds = entries.flatMap(({ accountId }) => accountId ?? []);
	const accounts = await db.account.findMany({ where: { id: { in: accountIds } } });

	const nameOf = new Map(guests.map(({ id, name }) => [id, name]));
	const byAccount = new Map(accounts.map(({ id, name, email }) => [id, name || email]));
	const wordsOf = new Map(
		events
			.flatMap(({ id, name, meals }) => [{ id, name }, ...meals])
			.concat(questions.map(({ id, text }) => ({ id, name: text })))
			.map(({ id, name }) => [id, name as Words])
	);
	const say = ({ state, mealId }: Stated): Said => ({
		...{ state, hasMeal: mealId !== null, meal: wordsOf.get(mealId ?? '') }
	});
	return entries.map(({ id, at, accountId, data }) => {
		const { by, changes = [], diets = [], ...more } = data as Stored;
		return {
			...{ id, at, by: (accountId ? byAccount.get(accountId) : nameOf.get(by ?? '')) ?? '' },
			replies: changes.map(({ eventId, guestId, from, to }) => ({
				...{ event: wordsOf.get(eventId), guest: nameOf.get(guestId), from: say(from), to: say(to) }
			})),
			diets: diets.map((guestId) => nameOf.get(guestId)),
			questions: (more.questions ?? []).map(({ questionId, ownerId }) => ({
				...{ question: wordsOf.get(questionId), guest: nameOf.get(ownerId) }
			})),
			...{ brought: more.brought ?? [], takenBack: more.takenBack ?? [] }
		};
	});
}
