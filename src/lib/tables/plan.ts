import type { Words } from '../i18n/words.ts';

/** One way to seat the guests of an event. */
export type Plan = {
	id: string;
	eventId: string;
	name: string;
	/** the one that counts */
	isChosen: boolean;
	/** of the room, in cm */
	width: number;
	height: number;
	version: number;
};

/** A plan in a list. */
export type PlanLine = Plan & { tables: number; seats: number; seated: number };

/** An event, how many come to it or have not said, and its plans. */
export type PlannedEvent = {
	id: string;
	name: Words;
	startsAt: Date;
	coming: number;
	silent: number;
	plans: PlanLine[];
};

export const MOST_PLANS = 20;
