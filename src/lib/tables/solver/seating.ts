/** Round and square have chairs all around; long has them along both sides, none at its ends; head along one side. */
export type Shape = 'round' | 'square' | 'long' | 'head';

/** `x` and `y` are its middle in cm, `rotation` in degrees, clockwise. */
export type Table = { id: string; seats: number; shape: Shape; x: number; y: number; rotation?: number };

export type Guest = { id: string; household: string; tags?: readonly string[] };

/** Where someone sits now. Seats are numbered from 1, around the table. */
export type Sits = { guest: string; table: string; seat?: number; isLocked?: boolean };

export type Side = { guest: string } | { household: string } | { tag: string } | { table: string };

/**
 * Of all people of both sides: `together` at one table, `beside` on seats in a row of one. Of each of `one` with each of
 * `other`: `apart` at two tables, `near` at one table or two close ones, `far` at two that are not. Both sides may be
 * the same household or tag. With a table as a side: there, not there, close to it, not close to it.
 */
export type Wish = {
	id: string;
	kind: 'together' | 'apart' | 'near' | 'far' | 'at' | 'beside';
	one: Side;
	other: Side;
	isHard?: boolean;
	/** of one that is not hard: more than 0, up to 10; 1 unless said */
	weight?: number;
};

export type Task = {
	tables: readonly Table[];
	/** who is to be seated */
	guests: readonly Guest[];
	wishes?: readonly Wish[];
	sits?: readonly Sits[];
	/** but for those that are locked: seat all anew; keep who sits; change what is there only for the better */
	mode?: 'everybody' | 'rest' | 'improve';
	/** the same task with the same seed and steps is answered the same way */
	seed?: number;
	/** how much is tried; unless said, as much as so many guests need */
	steps?: number;
	/** stops earlier with what it has by then */
	milliseconds?: number;
};

export type Verdict =
	| { wish: string; state: 'holds' }
	/** it is about nobody who comes, or about one person only */
	| { wish: string; state: 'void'; why: 'nobody' | 'one_only' | 'no_such_table' }
	| { wish: string; state: 'broken'; why: Why };

export type Why =
	| { code: 'not_seated'; guests: string[] }
	/** these wishes, itself left out, leave no room for it; of them all none may be left out */
	| { code: 'contradicts'; wishes: string[] }
	/** because of who is locked, or sits and is to stay, and where */
	| { code: 'fixed'; guests: string[] }
	| { code: 'too_many'; people: number; seats: number }
	| { code: 'same_table'; table: string; guests: string[] }
	| { code: 'other_tables' | 'too_far' | 'too_near'; tables: string[] }
	| { code: 'not_in_a_row'; table: string };

export type Release = {
	guest: string;
	why: 'no_such_table' | 'table_full' | 'no_such_seat' | 'seat_taken';
	table: string;
};

export type Seating = {
	places: { guest: string; table: string; seat: number }[];
	unseated: { guest: string; why: 'no_seat_left' }[];
	/** who could not be kept where they were said to sit */
	released: Release[];
	/** what is amiss: 0 when all holds, the lower the better */
	score: number;
	/** that of what stood before, in mode improve */
	scoreBefore?: number;
	wishes: Verdict[];
	/** sets of hard wishes that cannot all hold, each as small as can be */
	conflicts: string[][];
	steps: number;
	ended: 'done' | 'time' | 'stopped';
};
