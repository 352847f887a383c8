import { db, type Tx } from './db/db.server.ts';
import { all } from './domain.ts';
import type { Viewer } from './viewer.ts';

/** What a domain can be asked by one that does not know it, by name: each domain adds its own. */
export interface Facts {}

export type Answers = {
	readonly [fact in keyof Facts]?: (viewer: Viewer, tx: Tx) => Promise<Facts[fact]>;
};

/** The answer of whichever domain has it, as it is in this transaction. */
export function ask<Fact extends keyof Facts>(viewer: Viewer, fact: Fact, tx: Tx = db): Promise<Facts[Fact]> {
	const answer = all().find(({ facts }) => facts?.[fact])?.facts?.[fact];
	if (!answer) throw new Error(`no domain answers ${fact}`);
	return answer(viewer, tx);
}

/** What a domain tells those that do not know it, by name, while it is being done: each domain adds its own. */
export interface News {}

export type Hearers = {
	readonly [news in keyof News]?: (viewer: Viewer, told: News[news], tx: Tx) => Promise<void>;
};

/** Tells every domain that wants to hear it, in this transaction; one of them may refuse, and nothing has happened. */
export async function announce<Kind extends keyof News>(
	viewer: Viewer,
	kind: Kind,
	told: News[Kind],
	tx: Tx
): Promise<void> {
	for (const { hears } of all()) await hears?.[kind]?.(viewer, told, tx);
}
