import { finder, foldWords } from '../kernel/text/find.ts';
import { stripInvisible } from '../kernel/text/visible.ts';
import { shorten } from '../kernel/text/shorten.ts';
import { isWaiting, type State } from '../outbox/message.ts';
import type { Category, Reason } from '../outbox/suppression.ts';
import { enumerate, findAddressees, type Guest } from './guest.ts';

export const LONGEST_NAME = 80;
export const MOST_GUESTS = 20;
export const MOST_PLUS_ONES = 10;
export const CODE_LENGTH = 12;

export type Household = {
	id: string;
	name: string;
	language: string;
	/** as on the envelope, in lines */
	address: string;
	phone: string;
	/** for the couple alone, on the household's own page; null where it cannot be kept secret */
	note?: string | null;
	/** the secret on the card; null for whoever may not edit the list */
	code: string | null;
	invitedAt: Date | null;
	openedAt: Date | null;
	seenAt: Date | null;
	/** when they got the card with the code that they have now */
	cardGivenAt: Date | null;
	/** how many more they may bring, and name when they answer */
	plusOnes: number;
	guests: Guest[];
	tags: { id: string; name: string }[];
	/** the newest mail to each of the household's addresses */
	mails: { address: string; state: State; reason: string | null }[];
	/** those of the household's addresses that mail does not go to, in small letters */
	suppressed: { address: string; reason: Reason; category: Category | 'all' }[];
};

export type More = Pick<Household, 'address' | 'phone' | 'note' | 'tags'>;

export type Row = { id?: string; name?: string; email?: string; isChild?: string; remove?: string };

/** The rows of guests as they stand in a form, with the numbers that they have there. */
export function rows(form: unknown): [string, Row][] {
	const guests = (form as { guests?: unknown } | null)?.guests;
	if (typeof guests !== 'object' || !guests) return [];
	return Object.entries(guests).filter(([, row]) => typeof row === 'object' && row);
}

export function isBlank(row: Row): boolean {
	return [row.id, row.name, row.email].every(
		(value) => value === undefined || (value.trim && !stripInvisible(value).trim())
	);
}

/** How far a household has come; `card` is one without an email address that has not used its card yet. */
export type Stage = 'opened' | 'invited' | 'uninvited' | 'card';
const STAGES: Stage[] = ['uninvited', 'invited', 'opened', 'card'];

export function findStage({ openedAt, invitedAt, guests }: Household): Stage {
	if (openedAt) return 'opened';
	if (invitedAt) return 'invited';
	return findAddressees(guests).length > 0 ? 'uninvited' : 'card';
}

type Troubled = { undeliverable: number; unsure: number; unwanted: number };
type Cards = { cardGiven: number; cardDue: number };
export type Summary = Record<Stage, number> & Troubled & Cards & { households: number; guests: number };

export function summarise(households: Household[]): Summary {
	const counts = { opened: 0, invited: 0, uninvited: 0, card: 0, guests: 0, undeliverable: 0 };
	const more = { unsure: 0, unwanted: 0 };
	const cards = { cardGiven: 0, cardDue: 0 };
	for (const household of households) {
		counts[findStage(household)]++;
		counts.guests += household.guests.length;
		if (household.cardGivenAt) cards.cardGiven++;
		if (isCardDue(household)) cards.cardDue++;
		if (isUndeliverable(household)) counts.undeliverable++;
		if (isUnsure(household)) more.unsure++;
		if (isUnwanted(household)) more.unwanted++;
	}
	return { ...counts, ...more, ...cards, households: households.length };
}

/** Whether an address of theirs may be wrong. */
export function isUndeliverable(household: Mailed): boolean {
	return findLost(household).length > 0;
}

type Mailed = Pick<Household, 'mails' | 'suppressed'>;
export type Lost = { address: string; state: 'failed' | 'bounced'; reason: string | null };

/** The mails that did not arrive, to addresses that somebody can correct: the newest to each. */
export function findLost({ mails, suppressed }: Mailed): Lost[] {
	const reasons = new Map(
		suppressed.filter(({ category }) => category === 'all').map(({ address, reason }) => [address, reason])
	);
	const lost = new Map<string, Lost>();
	for (const { address, state, reason } of mails)
		if (state === 'failed' || state === 'bounced')
			lost.set(address.toLowerCase(), { address, state, reason });
	for (const [address, reason] of reasons)
		if (reason === 'complained') lost.delete(address);
		// a mail that somebody asked for went there all the same
		else if (!lost.has(address)) lost.set(address, { address, state: 'bounced', reason: null });
	return [...lost.values()];
}

/** Whether somebody of them has said that they want less mail, or none. */
export function isUnwanted({ suppressed }: Mailed): boolean {
	return suppressed.some(({ reason }) => reason !== 'bounced');
}

/** Mails that have not got through, and still may: their mailbox is full, say. */
export function findHeldUp({ mails }: Mailed): Household['mails'] {
	return mails.filter(({ state }) => state === 'soft_bounced');
}

export function isUnsure({ mails }: Mailed): boolean {
	return mails.some(mayHaveLeft);
}

/** A mail that waited while a backup was made is not sent after a restore: it may have left in between. */
export function mayHaveLeft({ state }: Household['mails'][number]): boolean {
	return state === 'unsure';
}

/** A mail waits for its turn, or for the mail service. */
export function isSending({ mails }: Household): boolean {
	return mails.some(({ state }) => isWaiting(state));
}

/** Nothing else leads them to the site, and nobody has given it to them yet. */
export function isCardDue(household: Household): boolean {
	return findStage(household) === 'card' && !household.cardGivenAt;
}

/** Those at one stage, or those that mail does not reach, surely or maybe; of any other `kind` all of them. */
export function filterByKind(households: Household[], kind: string): Household[] {
	if (kind === 'card_due') return households.filter(isCardDue);
	if (kind === 'card_given') return households.filter(({ cardGivenAt }) => cardGivenAt);
	if (kind === 'undeliverable') return households.filter(isUndeliverable);
	if (kind === 'unsure') return households.filter(isUnsure);
	if (kind === 'unwanted') return households.filter(isUnwanted);
	return STAGES.some((known) => known === kind)
		? households.filter((one) => findStage(one) === kind)
		: households;
}

/** The households with these words in their name, or in a guest's name or address, in any order, as `fold` has them. */
export function search(households: Household[], words: string): Household[] {
	if (foldWords(words).length === 0) return households;
	const isFound = finder(words);
	return households.filter(({ name, guests }) =>
		isFound(name, ...guests.flatMap((guest) => [guest.name, guest.email ?? '']))
	);
}

/** Those with this tag; all of them without one. */
export function filterByTag(households: Household[], tagId: string): Household[] {
	return tagId ? households.filter(({ tags }) => tags.some(({ id }) => id === tagId)) : households;
}

/** Where a tap on a phone number leads; nowhere for one without digits. */
export function linkPhone(phone: string): string {
	const digits = phone.replace(/\(0\)/, '').replace(/[^\d+]|(?<=.)\+/g, '');
	return /\d/.test(digits) ? `tel:${digits}` : '';
}

/** "Riet", "Riet & Wim", "Riet, Wim and Tom"; of too many those who have room. */
export function joinNames({ guests, language }: { guests: { name: string }[]; language: string }): string {
	const names = guests.map(({ name }) => name);
	const all = names.length === 2 ? names.join(' & ') : enumerate(names, language);
	if (all.length <= LONGEST_NAME) return all;
	const first = names.map((_, last) => `${names.slice(0, last + 1).join(', ')}, …`);
	return first.findLast((some) => some.length <= LONGEST_NAME) ?? shorten(names[0]!, LONGEST_NAME);
}

/** "ABCD-EFGH-JKMN", as it stands on the card. */
export function groupCode(code: string): string {
	return code.replace(/(.{4})(?=.)/g, '$1-');
}
