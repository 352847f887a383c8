import type { z } from 'zod';
import type { Prisma } from '../../../../prisma/client/client.ts';
import type { Tx } from './db.server.ts';

/** What becomes of a table's rows: its domain answers every question, so that nothing is forgotten. */
export type Table = {
	/** how an archive holds them, or why they stay behind */
	archive: Archived | { staysBehind: string };
	/** the column that is sealed, and the one that names the row: their names in the database */
	seals?: { column: string; row: string };
	/** Takes out what is of one person. */
	erasePerson: ((leaving: Leaving, tx: Tx) => Promise<Gone>) | Without;
	/** Takes out everything that one owner has. */
	eraseAll: ((ownerId: string, tx: Tx) => Promise<Gone>) | Without;
	/** Takes out what is older than `limit`, of owners whose day was before that. */
	expire: ((limit: Date, tx: Tx) => Promise<Gone>) | 'stays';
	/** what a restore does to those of a backup: `empty`, nobody is let in by them; or the statement that makes them what they become */
	restore: 'stays' | 'empty' | { update: string };
};

/** By the names of their models. */
export type Tables = Partial<Record<Prisma.ModelName, Table>>;

/** Nothing is to be done: the foreign keys of the table do it, or nothing in it is of whoever goes. */
export type Without = 'goes along' | 'holds nothing';

/** How many rows went, and what is still to be done once that is certain: files, say. */
export type Gone = { count: number; afterwards?: () => Promise<void> };

/** A person who is being erased: the domain that has people says what is known of them. */
export interface Leaving {
	id: string;
}

export type Archived<Value = unknown> = {
	/** its key in the archive */
	key: string;
	schema: z.ZodType<Value>;
	/** columns that stay behind, and why; the owner's id always does */
	leavesOut: Record<string, string>;
	/** columns that name a row of the archive, by the key in which it must be */
	refersTo: Record<string, string>;
	/** What is to be written; dates become text. */
	collect(ownerId: string, tx: Tx): Promise<unknown>;
	/** Writes the rows, under the ids that they had. */
	store(value: Value, into: Into, tx: Tx): Promise<void>;
};

/** Where an archive is taken in: the domain at the root of all adds whose it becomes. */
export interface Into {
	/** the ids that the archive's accounts have here */
	accounts: Map<string, string>;
}

/** Of an account that the archive names. */
export const accountHere = ({ accounts }: Into, id: string | null) => (id && accounts.get(id)) || null;

/** Keeps `store` to what `schema` gives. */
export const archived = <Value>(how: Archived<Value>): Archived => how;

/** Postgres takes 65,535 values in one statement. */
const BATCH = 2000;

export async function inBatches<Row>(rows: Row[], write: (rows: Row[]) => Promise<unknown>): Promise<void> {
	for (let at = 0; at < rows.length; at += BATCH) await write(rows.slice(at, at + BATCH));
}
