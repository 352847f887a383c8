import type { Audience } from './audience.ts';

/** By language. */
export type Words = Partial<Record<string, string>>;

export type Written = { subject: Words; text: Words };

export type Mailing = Written & {
	id: string;
	kind: 'news' | 'invitation';
	/** null as long as nobody has said */
	audience: Audience | null;
	state: 'draft' | 'scheduled' | 'sent';
	sendAt: Date | null;
	/** why it did not leave when it was to: the code of a refusal */
	failure: string | null;
	runId: string | null;
	sentAt: Date | null;
	createdAt: Date;
};

export const LONGEST_SUBJECT = 150;
export const LONGEST_TEXT = 6000;
export const LONGEST_LINE = 400;

export function isWrittenIn({ subject, text }: Written, language: string): boolean {
	return Boolean(subject[language] && text[language]);
}

/** In the reader's language, else in `usual`, else in the one that there is; undefined where there is none. */
export function findLanguage(written: Written, language: string, usual: string): string | undefined {
	const all = [language, usual, ...Object.keys(written.text)];
	return all.find((one) => isWrittenIn(written, one));
}

/** The words of it can be changed, and it can be sent. An invitation goes on being sent to those who join the list. */
export function isOpen({ kind, state }: Pick<Mailing, 'kind' | 'state'>): boolean {
	return state === 'draft' || (kind === 'invitation' && state === 'sent');
}

/** What names it in a list: its subject, as whoever looks reads it. */
export function nameIn({ subject }: Pick<Written, 'subject'>, language: string): string {
	return subject[language] || Object.values(subject).find(Boolean) || '';
}
