import type { Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as plusOnes from '../people/plus-ones.server.ts';
import * as given from './given.server.ts';
import type { PlusOnes } from './plus-one.schema.ts';
import type { Answers } from './reply.schema.ts';
import type { Sheet } from './reply.ts';

type Typed = PlusOnes[string];
type Asked = Sheet & { householdId: string };

/** For the audit: who comes along by these names, and who does not any more. */
export type Along = { brought: string[]; takenBack: { name: string; answers: number }[] };

/** What a form says of those who come along, beside what is stored. */
function sort({ brought }: Pick<Sheet, 'brought'>, rows: PlusOnes) {
	const known = new Map(brought.guests.map((guest) => [guest.id, guest]));
	const added: Typed[] = [];
	const renamed: { id: string; name: string }[] = [];
	const removed: string[] = [];
	for (const [id, row] of Object.entries(rows)) {
		if (/^\d+$/.test(id)) {
			if (row.name) added.push(row);
		} else if (!known.has(id)) throw new Problem(404, 'guest_not_found');
		else if (row.remove) removed.push(id);
		else if (row.name !== known.get(id)!.name) renamed.push({ id, name: row.name });
	}
	return { added, renamed, removed };
}

/** Whether a form adds, renames or takes off anybody. */
export function isAny(stored: Pick<Sheet, 'brought'>, rows: PlusOnes): boolean {
	const known = new Set(stored.brought.guests.map(({ id }) => id));
	// of somebody who is not there any more it is news, too
	if (Object.keys(rows).some((id) => !/^\d+$/.test(id) && !known.has(id))) return true;
	return Object.values(sort(stored, rows)).some((all) => all.length > 0);
}

/**
 * Adds, renames and takes off the list those who come along, in the transaction of whoever holds the household, and
 * gives what was typed as if the new ones had been on the page. Throws 409 beyond what the couple allows.
 */
export async function settle(viewer: Viewer, stored: Asked, typed: Answers, tx: Tx) {
	permit(viewer, 'household:bring');
	const { added, renamed, removed } = sort(stored, typed.plusOnes);
	const isAsked = added.length + renamed.length + removed.length > 0;
	if (!isAsked || !stored.isOpen) return { typed: { ...typed, plusOnes: {} }, along: null, isLate: isAsked };

	const { allowed, guests } = stored.brought;
	if (added.length > 0 && guests.length - removed.length + added.length > allowed)
		throw new Problem(409, 'plus_ones_many', { count: allowed });
	for (const { id, name } of renamed) await plusOnes.rename(viewer, id, name, tx);
	const takenBack: Along['takenBack'] = [];
	for (const id of removed) {
		const answers = Object.values(stored.replies).filter((byGuest) => id in byGuest).length;
		takenBack.push({ name: await plusOnes.takeBack(viewer, { id, answers }, tx), answers });
	}
	const ids: string[] = [];
	for (const row of added) ids.push(await bring(viewer, stored, row, tx));
	const along: Along = { brought: [...added, ...renamed].map(({ name }) => name), takenBack };
	return { typed: merge(stored, typed, { ids, added, removed }), along, isLate: false };
}

/** They are asked to what those are asked to with whom they come. */
async function bring(viewer: Viewer, stored: Asked, { host, name }: Typed, tx: Tx): Promise<string> {
	const { hosts } = stored.brought;
	if (host && !hosts.includes(host)) throw new Problem(404, 'guest_not_found');
	const plusOneOfId = host ?? hosts[0]!;
	const { weddingId } = viewer;
	const guestId = await plusOnes.add(viewer, { householdId: stored.householdId, plusOneOfId, name }, tx);
	const asked = stored.events.filter(({ guests }) => guests.some(({ id }) => id === plusOneOfId));
	await tx.invitation.createMany({
		data: asked.map(({ id: eventId }) => ({ eventId, guestId, weddingId }))
	});
	return guestId;
}

type Settled = { ids: string[]; added: Typed[]; removed: string[] };

function merge({ events, diets }: Sheet, typed: Answers, { ids, added, removed }: Settled): Answers {
	const merged = structuredClone(typed);
	for (const id of removed) {
		delete merged.diets[id];
		for (const byGuest of Object.values(merged.replies)) delete byGuest[id];
	}
	for (const [n, row] of added.entries()) {
		const { states, meals, diet } = row;
		for (const [eventId, state] of Object.entries(states)) {
			const mealId = meals[eventId];
			const menu = events.find(({ id }) => id === eventId)?.meals ?? [];
			if (mealId && !menu.some(({ id }) => id === mealId)) throw new Problem(409, 'meal_gone');
			(merged.replies[eventId] ??= {})[ids[n]!] = { state, mealId };
		}
		if (diet && diets) merged.diets[ids[n]!] = diet;
		given.addOwner(merged, ids[n]!, row);
	}
	return merged;
}
