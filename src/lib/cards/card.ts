import type { Code } from '../kernel/media/code.ts';
import type { Theme } from '../looks/look.ts';
import type { Household } from '../people/household.ts';

/** What stands on one card, in the language of its household. */
export type Card = {
	id: string;
	language: string;
	/** the couple's */
	names: string;
	day: string;
	place: string;
	household: string;
	/** who is meant, where the household's name does not say so */
	guests: string;
	line: string;
	/** how to get in: the words around the code */
	scan: string;
	type: string;
	/** where to type it: without `https://` */
	address: string;
	/** in groups of four letters */
	code: string;
	/** what the QR says */
	link: string;
	qr: Code;
	/** what it is set in, and the colour of its rule */
	theme: Theme;
	accent: string;
};

/** As those whose it is see it on the site. */
export type OwnCard = Pick<Card, 'household' | 'code' | 'link' | 'address' | 'qr'>;

export const PAPERS = ['a6', 'a5'] as const;
export type Paper = (typeof PAPERS)[number];

/** How many of this size there are on a sheet of A4. */
export const ON_A_SHEET: Record<Paper, number> = { a6: 4, a5: 2 };

export function countSheets(cards: number, paper: Paper): number {
	return Math.ceil(cards / ON_A_SHEET[paper]);
}

export function readPaper(asked: URLSearchParams): Paper {
	return asked.get('paper') === 'a5' ? 'a5' : 'a6';
}

/** Whose cards: each part narrows it, an empty one does not. */
export type Choice = {
	email: '' | 'without';
	card: 'due' | 'given' | '';
	tag: string;
	event: string;
	household: string;
};

/** As an address says it; what it does not say is everybody who has no card yet, or the household that is named. */
export function readChoice(asked: URLSearchParams): Choice {
	const read = (name: string) => asked.get(name) ?? '';
	const readId = (name: string) =>
		/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(read(name)) ? read(name) : '';
	const household = readId('household');
	const card = asked.get('card') ?? (household ? '' : 'due');
	return {
		email: read('email') === 'without' ? 'without' : '',
		card: card === 'due' || card === 'given' ? card : '',
		...{ tag: readId('tag'), event: readId('event'), household }
	};
}

export function writeChoice(choice: Choice): string {
	const { card, ...others } = choice;
	const said = Object.entries(others).filter(([, value]) => value);
	return new URLSearchParams([...said, ['card', card]]).toString();
}

/** `asked` are the ids of those who are asked to the event of the choice. */
export function choose(households: Household[], choice: Choice, asked: Set<string>): Household[] {
	const { email, card, tag, event, household } = choice;
	return households.filter(
		(one) =>
			(!household || one.id === household) &&
			(!email || one.guests.every((guest) => !guest.email)) &&
			(!card || !one.cardGivenAt === (card === 'due')) &&
			(!tag || one.tags.some(({ id }) => id === tag)) &&
			(!event || asked.has(one.id))
	);
}
