import { all } from '../kernel/domain.ts';
import type { Letter } from '../mail/letter.ts';
import type { Wedding } from '../weddings/wedding.ts';
import type { Kind, Mail } from './message.ts';

/** Writes the letter for one kind of message at the moment of sending; null when it is no longer wanted. */
export type Compose<K extends Kind = Kind> = (mail: Mail<K>) => Promise<Letter | null>;

/**
 * The same letter of a wedding that is only looked at, by the same words, with people who exist nowhere. Called in the
 * language that it is in; `link` is where its button leads.
 */
export type Sample = (wedding: Wedding, about: { language: string; link: string }) => Letter;

/** What a domain's mails say, by their kind. An urgent one overtakes the others. */
export type Composed = {
	readonly [kind in Kind]?: { compose: Compose<kind>; sample: Sample; isUrgent?: boolean };
};

/** Throws for a kind that only a newer release has. */
export function compose(kind: string): Compose {
	const letter = find(kind);
	if (!letter) throw new Error(`no domain declares the letter ${kind}`);
	return letter.compose as Compose;
}

export function isUrgent(kind: string): boolean {
	return find(kind)?.isUrgent ?? false;
}

function find(kind: string) {
	return all().find(({ letters }) => letters?.[kind as Kind])?.letters?.[kind as Kind];
}

/** Every kind there is, with its sample. */
export function listSamples(): { kind: Kind; sample: Sample }[] {
	const declared = all().flatMap(({ letters }) => Object.entries(letters ?? {}));
	return declared.map(([kind, { sample }]) => ({ kind: kind as Kind, sample }));
}
