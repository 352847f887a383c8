import type { Event } from './event.ts';
import type { AskedQuestion, Given, PART } from './question.ts';
import type { Wait } from './waiting.ts';

export type ReplyState = 'yes' | 'no' | 'waiting';
export type Reply = { state?: ReplyState; mealId?: string };

export type Change = { eventId: string; guestId: string; from: Reply; to: Reply };

/** By event, then by guest. */
export type Replies = Record<string, Record<string, Reply>>;

export type SheetGuest = { id: string; name: string; isChild: boolean };

/** All that a household is asked, and what it has answered. */
export type Sheet = {
	/** each with those of the household who are asked to it */
	events: (Event & { guests: SheetGuest[] })[];
	guests: SheetGuest[];
	replies: Replies;
	/** by event: for how many of them there is room, where there is a limit */
	places: Record<string, number>;
	/** by event, where somebody of them waits */
	waits: Record<string, Wait>;
	/** by guest; null where nobody can be asked: there is no key to seal it with */
	diets: Record<string, string> | null;
	/** who comes along: how many may, who does, and with whom they can come */
	brought: { allowed: number; guests: SheetGuest[]; hosts: string[] };
	/** the couple's own */
	questions: AskedQuestion[];
	given: Given;
	song: string;
	message: string;
	/** says whether what is stored has changed since */
	version: string;
	answeredAt: Date | null;
	/** nobody's where the household came in with its card */
	answeredBy: string | null;
	/** who of the couple answered for them, if they have not done so themselves since */
	onBehalfBy: string;
	answersUntil: Date | null;
	detailsUntil: Date | null;
	/** whether yes and no are still taken, and the rest */
	isOpen: boolean;
	areDetailsOpen: boolean;
};

/** Of all boxes how many have an answer: one that nobody touched has none. */
export function countAnswers({ events, replies }: Pick<Sheet, 'events' | 'replies'>) {
	const asked = events.flatMap(({ id, guests }) => guests.map((guest) => replies[id]?.[guest.id]?.state));
	return { answered: asked.filter(Boolean).length, asked: asked.length };
}

/** Somebody who comes along, as a form has them. */
export type PlusOneRow = {
	name?: string;
	remove?: string;
	host?: string;
	states?: Record<string, string>;
	meals?: Record<string, string>;
	diet?: string;
} & Partial<Record<(typeof PART)[keyof typeof PART], Record<string, unknown>>>;

/** By the ids of those who are on the list already, and by number. */
export function plusOneRows(form: unknown): Record<string, PlusOneRow> {
	const rows = (form as { plusOnes?: unknown } | null | undefined)?.plusOnes;
	return typeof rows === 'object' && rows ? (rows as Record<string, PlusOneRow>) : {};
}
