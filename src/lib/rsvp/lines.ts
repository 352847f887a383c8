import { collator } from '../i18n/order.ts';
import { fold } from '../kernel/text/fold.ts';
import type { Asked } from './answers.ts';
import type { ReplyState } from './reply.ts';

/** Null where the guest is not asked to this event; a state of null is no answer yet. */
export type Box = { state: ReplyState | null; mealId: string | null } | null;

export type Home = {
	id: string;
	name: string;
	language: string;
	phone: string;
	onBehalfBy: string;
	isCalled: boolean;
	/** ids of its groups */
	tags: string[];
};

/** A guest in the couple's table, with a box for each event in the order of the day. */
export type Line = {
	id: string;
	name: string;
	email: string;
	isChild: boolean;
	hasDiet: boolean;
	/** whether their address does not work */
	isUndelivered: boolean;
	home: Home;
	boxes: Box[];
};

export const SAID = ['yes', 'no', 'waiting', 'silent'] as const;

/** Which lines to look at, and in which order: it stands in the address, and a nonsense there means all. */
export type Wanted = Record<
	'event' | 'said' | 'meal' | 'tag' | 'only' | 'language' | 'words' | 'sort',
	string
> & {
	isDescending: boolean;
};

export function readWanted(asked: URLSearchParams): Wanted {
	const of = (name: string) => asked.get(name) ?? '';
	return {
		...{ event: of('event'), said: of('said'), meal: of('meal'), tag: of('tag'), only: of('only') },
		...{ language: of('language'), words: of('q'), sort: of('sort'), isDescending: asked.has('down') }
	};
}

/** The address of the table as it is, but for this order. */
export function linkOrder(wanted: Wanted, sort: string): string {
	const isDescending = wanted.sort === sort && !wanted.isDescending;
	return `?${toAddress({ ...wanted, sort, isDescending })}#guests`;
}

export function toAddress({ words, isDescending, ...filters }: Wanted): string {
	const asked = { ...filters, q: words, down: isDescending ? 'on' : '' };
	return new URLSearchParams(Object.entries(asked).filter(([, value]) => value)).toString();
}

const knows = (known: readonly string[], value: string) => known.includes(value);

/** All that is wanted but its words, which are looked for while they are typed. */
export function filter(lines: Line[], wanted: Wanted, eventIds: string[]): Line[] {
	const { event, said, meal, tag, only, language } = wanted;
	const isAsked = event || knows(SAID, said) || meal;
	const fits = (box: Box) =>
		box !== null &&
		(!knows(SAID, said) || (box.state ?? 'silent') === said) &&
		(!meal || (box.state === 'yes' && box.mealId === meal));
	return lines.filter(
		({ boxes, isChild, email, isUndelivered, home }) =>
			(!isAsked || boxes.some((box, n) => (!event || eventIds[n] === event) && fits(box))) &&
			(only !== 'child' || isChild) &&
			(only !== 'no_email' || !email) &&
			(only !== 'undelivered' || isUndelivered) &&
			(only !== 'uncalled' || !home.isCalled) &&
			(!tag || home.tags.includes(tag)) &&
			(!language || home.language === language)
	);
}

/** Says of each line whether it has these words in its name, its household's, its address or phone. */
export function matcher(lines: Line[]): (words: string) => boolean[] {
	let texts: string[] | undefined;
	return (words) => {
		const wanted = words.split(/\s+/).map(fold).filter(Boolean);
		if (wanted.length === 0) return lines.map(() => true);
		texts ??= lines.map(({ name, email, home }) => [name, home.name, email, home.phone].map(fold).join('\n'));
		return texts.map((text) => wanted.every((word) => text.includes(word)));
	};
}

const RANKS = { yes: 0, waiting: 0.5, no: 2 };

/** By name, household, address or an event; else by household, as they come. */
export function sort(lines: Line[], { sort, isDescending }: Wanted, eventIds: string[]): Line[] {
	if (!sort) return lines;
	const { compare } = collator();
	const place = eventIds.indexOf(sort);
	const rank = ({ boxes }: Line) => {
		const box = boxes[place];
		return box ? (box.state ? RANKS[box.state] : 1) : 3;
	};
	const words = { name: 'name', email: 'email' } as const;
	const key = words[sort as keyof typeof words];
	const order = (one: Line, other: Line) => {
		if (place >= 0) return rank(one) - rank(other);
		if (key) return compare(one[key], other[key]);
		return sort === 'home' ? compare(one.home.name, other.home.name) : 0;
	};
	return lines.toSorted((one, other) => (isDescending ? order(other, one) : order(one, other)));
}

/**
 * Of 2,000 lines Kit would make 8,000 objects' worth of code, which takes it 60 ms of the server's 150; as text they take
 * 5. `unpack` gives them back.
 */
export const pack = (lines: Line[]): string => JSON.stringify(lines);
export const unpack = (packed: string) => JSON.parse(packed) as Line[];

/** A box for each time that somebody is asked to something, as counts take them. */
export function spread(lines: Line[], eventIds: string[]): Asked[] {
	return lines.flatMap(({ id: guestId, name: guest, isChild, home, boxes }) =>
		boxes.flatMap((box, n) =>
			box === null
				? []
				: {
						eventId: eventIds[n]!,
						guestId,
						guest,
						isChild,
						householdId: home.id,
						household: home.name,
						...box
					}
		)
	);
}
