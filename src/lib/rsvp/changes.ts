import type { Words } from '../i18n/words.ts';

export type Said = {
	state: string | null;
	hasMeal: boolean;
	/** undefined where it is gone from the menu */
	meal: Words | undefined;
};

/** One time that a household, or the couple for it, saved an answer. Events and guests are undefined once they are gone. */
export type Change = {
	id: string;
	at: Date;
	/** empty where nobody in particular did: the household came in with its card */
	by: string;
	replies: { event: Words | undefined; guest: string | undefined; from: Said; to: Said }[];
	/** whose diet was changed */
	diets: (string | undefined)[];
	/** which of the couple's questions was answered otherwise; without a name by all of them together */
	questions: { question: Words | undefined; guest: string | undefined }[];
	/** who comes along by these names, and who does not any more */
	brought: string[];
	takenBack: { name: string; answers: number }[];
};
