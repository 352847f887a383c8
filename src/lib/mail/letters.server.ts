import { all } from '../kernel/domain.ts';
import type { Kind, Letter } from './letter.ts';
import type { Mail } from './outbox.server.ts';

/** Writes the letter for one kind of mail at the moment of sending; null when it is no longer wanted. */
export type Compose = (mail: Mail) => Promise<Letter | null>;

/** What a domain's mails say, by their kind. An urgent one overtakes the others. */
export type Composed = { readonly [kind in Kind]?: { compose: Compose; isUrgent?: boolean } };

/** Throws for a kind that only a newer release has. */
export function compose(kind: string): Compose {
	const letter = find(kind);
	if (!letter) throw new Error(`no domain declares the letter ${kind}`);
	return letter.compose;
}

export function isUrgent(kind: string): boolean {
	return find(kind)?.isUrgent ?? false;
}

function find(kind: string) {
	return all().find(({ letters }) => letters?.[kind as Kind])?.letters?.[kind as Kind];
}
