import type { Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as bulk from '../people/bulk.server.ts';
import type { HouseholdState } from '../people/bulk.ts';
import * as diets from '../rsvp/diets.server.ts';
import * as said from '../rsvp/said.server.ts';
import { addDiets, type Changes, type GuestState } from './known.ts';

/** Throws 409 when the list is not as these changes left it, or when somebody whom they brought has been heard of. */
export async function refuseChanged(viewer: Viewer, changes: Changes, tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	const homes = new Map<string, HouseholdState>();
	const people = new Map<string, GuestState>();
	const found = addDiets(await bulk.list(viewer, tx), await diets.list(viewer, null, tx));
	for (const { id, guests, ...home } of found) {
		homes.set(id, home);
		for (const { id: guestId, ...guest } of guests) people.set(guestId, { householdId: id, ...guest });
	}
	const changed = [
		...changes.households.filter(({ id, after }) => !isSame(homes.get(id), after)),
		...changes.guests.filter(({ id, after }) => !isSame(people.get(id), after))
	];
	const fresh = changes.households.filter(({ before }) => !before).map(({ id }) => id);
	const own = new Set(changes.guests.map(({ id }) => id));
	const isFresh = new Set(fresh);
	const joined = [...people].some(([id, { householdId }]) => isFresh.has(householdId) && !own.has(id));
	const guests = changes.guests.filter(({ before }) => !before).map(({ id }) => id);
	const isHeard =
		(await bulk.areInvited(viewer, fresh, tx)) ||
		(await said.haveSaid(viewer, { households: fresh, guests }, tx));
	if (changed.length > 0 || joined || isHeard) throw new Problem(409, 'sheet_since');
}

function isSame<State extends object>(now: State | undefined, after: State | null): boolean {
	if (!now || !after) return !now && !after;
	return sort(now) === sort(after);
}

/** However its fields and its groups are ordered. */
function sort(state: object): string {
	const fields = Object.entries(state).map(([field, value]) => [
		field,
		Array.isArray(value) ? value.toSorted() : value
	]);
	return JSON.stringify(fields.sort(([one], [other]) => (one < other ? -1 : 1)));
}
