import type { Event } from './event.ts';
import type { AskedQuestion, Given } from './question.ts';

export type ReplyState = 'yes' | 'no';
export type Reply = { state?: ReplyState; mealId?: string };

/** By event, then by guest. */
export type Replies = Record<string, Record<string, Reply>>;

export type SheetGuest = { id: string; name: string; isChild: boolean };

/** All that a household is asked, and what it has answered. */
export type Sheet = {
	/** each with those of the household who are asked to it */
	events: (Event & { guests: SheetGuest[] })[];
	guests: SheetGuest[];
	replies: Replies;
	/** by guest; null where nobody can be asked: there is no key to seal it with */
	diets: Record<string, string> | null;
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
