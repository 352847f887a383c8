import type { Words } from '../i18n/words.ts';
import type { Code } from '../kernel/media/code.ts';
import { fillShown, type Shown, type ShownFilled } from '../people/shown.ts';
import type { Picture } from '../pictures/picture.ts';
import { CURRENCIES, type Currency, typePrice } from './price.ts';

export const KINDS = ['thing', 'money'] as const;
export type Kind = (typeof KINDS)[number];

/** What the couple sees of what guests say they bring, from the least to the most; Postgres compares them in this order. */
export const TAKERS_SHOWN = ['never', 'taken', 'takers'] as const;
export type TakersShown = (typeof TAKERS_SHOWN)[number];

export const MOST_GIFTS = 100;
/** Of one and the same: plates, say. */
export const MOST_WANTED = 99;

/** Where money goes: all empty for a thing. */
export type Account = { holder: string; iban: string; bic: string; reference: string };

export type Gift = Shown &
	Account & {
		id: string;
		kind: Kind;
		title: Words;
		/** Markdown */
		text: Words;
		link: string;
		/** in the smallest unit of its currency */
		price: number | null;
		currency: Currency;
		wanted: number;
		version: number;
	};

/** In the couple's list: how many are taken, and by whom, as far as they may see it. */
export type ListedGift = Gift & {
	taken: number;
	takers: { name: string; count: number }[];
	picture: Picture | null;
};

/** How the list as a whole is shown. */
export type GiftList = Shown & { intro: Words; takersShown: TakersShown; version: number };

/** For one household, in its language. */
export type ShownGift = Account & {
	id: string;
	kind: Kind;
	title: string;
	html: string;
	link: string;
	price: string;
	currency: Currency;
	wanted: number;
	/** by all households, as far as whoever looks may know */
	taken: number;
	/** how many this household brings */
	own: number;
	/** what it was told then */
	promised: TakersShown | null;
	/** its own, which the couple has taken off the list */
	isGone: boolean;
	picture: Picture | null;
	/** for banking apps, where one reads it */
	code: Code | null;
};

/** "bol.com" of a link. */
export const hostOf = (link: string) => URL.parse(link)?.hostname.replace(/^www\./, '') ?? '';

/** What came back from a form, or else what is stored, as its fields show it. */
export type Filled = ShownFilled &
	Account & {
		title: Words;
		text: Words;
		link: string;
		price: string;
		currency: string;
		wanted: string;
		version: string;
	};

export function fill(stored?: Gift, typed?: object): Filled {
	const given = (typed ?? {}) as Partial<Filled>;
	const line = (name: keyof Account | 'link' | 'currency', usual = '') =>
		given[name] ?? stored?.[name] ?? usual;
	return {
		...{ title: given.title ?? stored?.title ?? {}, text: given.text ?? stored?.text ?? {} },
		...{ link: line('link'), currency: line('currency', CURRENCIES[0]) },
		...{ holder: line('holder'), iban: line('iban'), bic: line('bic'), reference: line('reference') },
		price: given.price ?? (stored ? typePrice(stored.price, stored.currency) : ''),
		wanted: given.wanted ?? String(stored?.wanted ?? 1),
		version: given.version ?? String(stored?.version ?? ''),
		...fillShown(stored, typed)
	};
}

/** A household's own stand first: it looks what it was. */
export function isOpen({ kind, taken, wanted, isGone }: ShownGift): boolean {
	return kind === 'thing' && !isGone && taken < wanted;
}
