import type { Words } from '../i18n/words.ts';

/** What a phone at the entrance takes with it: whom to expect, and nothing that it does not need. */
export type Expected = {
	/** when it was made, in milliseconds since 1970 */
	at: number;
	/** another one whenever something in it has changed */
	version: string;
	events: { id: string; name: Words; startsAt: string }[];
	households: ExpectedHousehold[];
};

export type ExpectedHousehold = {
	id: string;
	name: string;
	/** of the code on their card: a phone that is lost gives nobody's away */
	codeDigest: string;
	guests: ExpectedGuest[];
};

export type ExpectedGuest = {
	id: string;
	name: string;
	isChild: boolean;
	diet: string;
	/** by event; none for one that they are not asked to. null: has not answered */
	asked: Record<string, Asked>;
};

export type Asked = {
	state: 'yes' | 'no' | 'waiting' | null;
	meal: Words | null;
	/** null for whoever has none by the plan that the couple has chosen; none in a list of before there were any */
	seat?: Seat | null;
};

export type Seat = { table: number; name: string; seat: number };

/** Hexadecimal digits of a code's SHA-256 that are kept: 64 bits, of codes of 58. */
export const DIGEST_LENGTH = 16;
