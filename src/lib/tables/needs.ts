import { m } from '../i18n/compiled/messages.js';
import { isolated } from '../i18n/isolated.ts';
import type { Placed } from './seating.ts';

/** What whoever lays the table has to know of a guest, and the couple of their seat. */
export const NEEDS = ['child', 'highChair', 'wheelchair', 'diet', 'locked', 'silent'] as const;
export type Need = (typeof NEEDS)[number];

const NAMES: Record<Need, () => string> = {
	...{ child: m.need_child, highChair: m.need_high_chair, wheelchair: m.need_wheelchair },
	...{ diet: m.need_diet, locked: m.seat_is_locked, silent: m.seat_silent }
};
export const nameNeed = (need: Need) => NAMES[need]();

export function findNeeds(one: Placed): Need[] {
	const has: Record<Need, boolean> = {
		...{ child: one.isChild, highChair: one.highChair, wheelchair: one.wheelchair },
		...{ diet: one.hasDiet, locked: one.isLocked, silent: one.said === null }
	};
	return NEEDS.filter((need) => has[need]);
}

/** In a few words. */
export const listNeeds = (one: Placed) => findNeeds({ ...one, isLocked: false }).map(nameNeed);

/** "Bo (child, diet)" */
export function sayGuest(one: Placed): string {
	const needs = listNeeds(one);
	const name = isolated(one.name);
	return needs.length ? m.guest_needs({ name, needs: needs.join(', ') }) : name;
}
