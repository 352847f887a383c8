import type { Tables } from './db/table.server.ts';
import type { Queue } from './jobs/jobs.server.ts';
import type { Answers, Hearers } from './facts.server.ts';
import type { Right, Role, Viewer } from './viewer.ts';

/** What a domain brings along, in the browser too. */
export interface Domain {
	name: string;
	/** the domains that it imports, and no others */
	uses: readonly string[];
	/** who may, but for the system, which may everything */
	rights?: { readonly [right in Right]?: readonly Role[] };
	/** links on the pages of each role */
	navigation?: { readonly [section in Role]?: readonly Entry[] };
	/** what can be begun by a page of its own: whoever looks for it by name finds it */
	actions?: readonly Omit<Entry, 'place' | 'group'>[];
}

/** What it brings along for the server alone. */
export interface ServerDomain {
	/** that it owns, and what becomes of their rows */
	tables: Tables;
	queues?: readonly Queue[];
	/** those of other domains' questions that it answers */
	facts?: Answers;
	/** what it does about the news of domains that do not know it */
	hears?: Hearers;
	overview?: (viewer: Viewer) => Promise<Overview>;
	/** on the way from nothing to where the house is of use */
	steps?: (viewer: Viewer) => Promise<Step[]>;
	/** what it has with these words in it, however they are written; none are empty */
	finds?: (viewer: Viewer, words: string) => Promise<Found[]>;
	/** whether whoever looks may see one of its things, by what other domains call where they stand: `block`, say */
	shows?: { readonly [place: string]: (viewer: Viewer, id: string) => Promise<boolean> };
	/** what open pages hear of, by the name that it is announced by */
	topics?: { readonly [name: string]: Topic };
	/** links of its navigation that are shown only while there is something behind them, by their addresses */
	isThere?: { readonly [href: string]: (viewer: Viewer) => Promise<boolean> };
	/** Resolves when what it has begun outside of jobs is done: the process waits for it before it ends. */
	stop?: () => Promise<void>;
}

/** Something that changes while people look at it: `version` differs whenever it has, for whoever has the right to see it. */
export type Topic = { right: Right; version: (viewer: Viewer) => Promise<string> };

/**
 * A link in the navigation, for whoever has the right; the lower its place, the further to the front. Those of the same
 * group stand together, where the first of them stands.
 */
export type Entry = { href: string; label: () => string; right: Right; place: number; group?: () => string };

/** What there is to do, and how things stand, for this viewer and in their language. */
export type Overview = {
	tasks: { href: string; title: string; why: string }[];
	lines: { href: string; title: string; text?: string; aside: string | number }[];
	/** how many there are of each, and together */
	bars?: { href: string; title: string; parts: { label: string; count: number; tone: Tone }[] }[];
};
export type Tone = 'full' | 'half' | 'rest';

/** One step of the guide, ticked off by the facts; the lower its place, the earlier. */
export type Step = {
	place: number;
	href: string;
	title: string;
	why: string;
	isDone: boolean;
	/** it can be left out */
	isOptional?: boolean;
	/** where the overview leads for the same, if elsewhere */
	covers?: string;
};

/** Under one heading, best first. */
export type Found = { title: string; hits: { href: string; title: string; text?: string }[] };

/** A test furnishes a house with as much as it needs. */
type Whole = Domain & Partial<ServerDomain>;
let list: readonly Whole[] = [];

/** Says once what the house is made of: app/domains.ts does so wherever it is loaded, a test with domains of its own. */
export function furnish(domains: readonly Whole[]): void {
	list = domains;
}

/** All domains of the house. Throws where nobody has loaded them: without them there would be no rights and no work. */
export function all(): readonly Whole[] {
	if (list.length === 0) throw new Error('no domains: import app/domains.ts first');
	return list;
}
