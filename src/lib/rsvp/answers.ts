import type { Event, Meal } from './event.ts';
import type { ReplyState } from './reply.ts';

/** One box that somebody of the wedding was asked to tick. */
export type Asked = {
	eventId: string;
	guestId: string;
	guest: string;
	isChild: boolean;
	householdId: string;
	household: string;
	state: ReplyState | null;
	mealId: string | null;
};

export type Count = {
	yes: number;
	no: number;
	silent: number;
	waiting: number;
	/** of those who come */
	children: number;
	/** how many want it; `undefined` is of those who come and have not chosen */
	meals: { meal: Meal | undefined; guests: number }[];
};

/** How an event stands, and what its kitchen needs to know. */
export function count({ id, meals }: Pick<Event, 'id' | 'meals'>, all: Asked[]): Count {
	const asked = all.filter(({ eventId }) => eventId === id);
	const coming = asked.filter(({ state }) => state === 'yes');
	const eat = (mealId: string | null) => coming.filter((one) => one.mealId === mealId).length;
	const chosen = meals.map((meal) => ({ meal, guests: eat(meal.id) }));
	const undecided = { meal: undefined, guests: eat(null) };
	return {
		yes: coming.length,
		no: asked.filter(({ state }) => state === 'no').length,
		silent: asked.filter(({ state }) => state === null).length,
		waiting: asked.filter(({ state }) => state === 'waiting').length,
		children: coming.filter(({ isChild }) => isChild).length,
		meals: meals.length === 0 ? [] : [...chosen, ...(undecided.guests ? [undecided] : [])]
	};
}

/** Of how many households somebody has not answered something. */
export function countSilent(all: Asked[]): number {
	return new Set(all.filter(({ state }) => state === null).map(({ householdId }) => householdId)).size;
}

/** Of the guests, each once: a yes to anything says that they come, a waiting list or no word that it is open. */
export function countGuests(all: Asked[]): { coming: number; away: number; silent: number } {
	const states = new Map<string, Set<ReplyState | null>>();
	for (const { guestId, state } of all) states.set(guestId, (states.get(guestId) ?? new Set()).add(state));
	const counts = { coming: 0, away: 0, silent: 0 };
	for (const said of states.values())
		if (said.has('yes')) counts.coming++;
		else if (said.size === 1 && said.has('no')) counts.away++;
		else counts.silent++;
	return counts;
}
