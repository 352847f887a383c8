import { m } from '../i18n/compiled/messages.js';
import { inLanguage } from '../i18n/language.server.ts';
import { all } from '../kernel/domain.ts';
import * as looks from '../looks/looks.server.ts';
import type { Letter } from '../mail/letter.ts';
import type { Wedding } from '../weddings/wedding.ts';
import type { Kind, Mail } from './message.ts';
import type { Category, Reason } from './suppression.ts';
import * as subscriptions from './subscriptions.server.ts';
import * as suppressions from './suppressions.server.ts';

/** Writes the letter for one kind of message at the moment of sending; null when it is no longer wanted. */
export type Compose<K extends Kind = Kind> = (mail: Mail<K>) => Promise<Letter | null>;

/**
 * The same letter of a wedding that is only looked at, by the same words, with people who exist nowhere. Called in the
 * language that it is in; `link` is where its button leads.
 */
export type Sample = (wedding: Wedding, about: { language: string; link: string }) => Letter;

/** What a domain's mails say, by their kind. */
export type Composed = {
	readonly [kind in Kind]?: { compose: Compose<kind>; sample: Sample } & Manner;
};

type Manner = {
	/** it overtakes the others */
	isUrgent?: boolean;
	/** that a guest can turn off: it says how */
	category?: Category;
	/** by whoever gets it: it goes out whatever became of the mails before */
	isAskedFor?: boolean;
	/** what many of them are called */
	run?: () => string;
};

/** Throws for a kind that only a newer release has. */
export function compose(kind: string): Compose {
	const letter = find(kind);
	if (!letter) throw new Error(`no domain declares the letter ${kind}`);
	return letter.compose as Compose;
}

/** Why a mail does not leave. */
export type Skipped = { skipped: Reason | 'not_wanted' };

/**
 * The letter as it leaves now, or why it does not: what every mail goes through before anything is sent. Whoever writes
 * many of one wedding has looked up its suppressed addresses. Throws as `compose` does.
 */
export async function write(mail: Mail, isSuppressed?: suppressions.Lookup): Promise<Letter | Skipped> {
	const composing = compose(mail.kind);
	const { category, isAskedFor } = find(mail.kind)!;
	if (!isAskedFor) {
		const lookup = isSuppressed ?? (await suppressions.find(mail.weddingId));
		const skipped = lookup(mail.address, category);
		if (skipped) return { skipped };
	}
	return inLanguage(mail.language, async () => {
		const composed = await composing(mail);
		if (!composed) return { skipped: 'not_wanted' };
		const letter = { ...composed, look: await looks.find(mail.weddingId) };
		if (!category) return letter;
		return addWayOut(letter, category, await subscriptions.link(mail.weddingId, mail.address, category));
	});
}

function addWayOut(letter: Letter, category: Category, url: string): Letter {
	const label = category === 'news' ? m.unsubscribe_news() : m.unsubscribe_reminders();
	return { ...letter, unsubscribe: { label, url } };
}

export function isAskedFor(kind: string): boolean {
	return find(kind)?.isAskedFor ?? false;
}

export const isKnown = (kind: string) => Boolean(find(kind));

/** What a run of them is called, in the language of whoever looks. */
export const nameRun = (kind: string) => find(kind)?.run?.() ?? m.run_messages();

export function isUrgent(kind: string): boolean {
	return find(kind)?.isUrgent ?? false;
}

function find(kind: string): (Manner & { compose: unknown }) | undefined {
	return all().find(({ letters }) => letters?.[kind as Kind])?.letters?.[kind as Kind];
}

/** Every kind there is, with its sample. */
export function listSamples(): { kind: Kind; sample: Sample }[] {
	const declared = all().flatMap(({ letters }) => Object.entries(letters ?? {}));
	return declared.map(([kind, { sample, category }]) => ({
		kind: kind as Kind,
		sample: (wedding, about) => {
			const letter = sample(wedding, about);
			return category ? addWayOut(letter, category, `${new URL(about.link).origin}/unsubscribe/…`) : letter;
		}
	}));
}
