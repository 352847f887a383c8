import { m } from '../i18n/compiled/messages.js';
import type { Words } from '../i18n/words.ts';

/** What every page and mail needs to know of the wedding. */
export type Wedding = {
	id: string;
	/** with its port where it has one; null answers for every host */
	host: string | null;
	names: string;
	/** midnight UTC of the day in the wedding's own time zone */
	heldOn: Date | null;
	place: string;
	welcome: Words;
	timeZone: string;
	language: string;
	/** its theme and colour, where the couple chose some */
	look?: { theme: string; accent: string | null } | null;
};

/** With what only few pages ask. */
export type WholeWedding = Wedding & { guestsMayTake: boolean };

/** Within a sentence: "the wedding of Anna & Ben". */
export function nameWedding({ names }: Pick<Wedding, 'names'>): string {
	return names ? m.wedding_of({ names }) : m.wedding_ours();
}

export function hasPassed({ heldOn, timeZone }: Pick<Wedding, 'heldOn' | 'timeZone'>, now: Date): boolean {
	// Swedish writes a day as 2027-06-12
	return (
		!!heldOn && new Intl.DateTimeFormat('sv', { timeZone }).format(now) > heldOn.toISOString().slice(0, 10)
	);
}

/** Rows from before `limit`, of a wedding that was over by then. */
export const olderThan = (limit: Date) => ({ wedding: { heldOn: { lt: limit } }, createdAt: { lt: limit } });
