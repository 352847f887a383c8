/** A seat, as whoever looks for it is told. */
export type FoundSeat = {
	id: string;
	name: string;
	/** where two have the same name */
	household: string | null;
	number: number;
	table: string;
	seat: number;
};

/** So many letters are written before anything is looked for: nobody reads the whole list. */
export const FEWEST_LETTERS = 2;

/** Tries of all tablets of an event in ten minutes: a long queue that writes letter by letter. */
export const MOST_TRIES = 900;

/** After so many seconds without a touch whoever comes next finds the empty page. */
export const IDLE_SECONDS = 30;
