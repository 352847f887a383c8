import { z } from 'zod';
import { at } from '../../lib/kernel/db/archived.ts';
import type { ArchivedRecording } from '../../lib/recordings/tables.server.ts';
import type { ArchivedWedding } from '../../lib/weddings/tables.server.ts';
import { tables } from '../tables.server.ts';

/* A wedding as one file that another install can take in: docs/archive.md says what is in it. */

export const KIND = 'vowtape-wedding';
export const VERSION = 1;

export const CONTENT = 'wedding.json';
export const SUMS = 'SHA256SUMS';
export const recordingName = ({ id, format }: { id: string; format: string }) => `recordings/${id}.${format}`;

export const archives = tables.flatMap(({ archive }) => ('key' in archive ? [archive] : []));

const Shape = z.strictObject({
	kind: z.literal(KIND),
	version: z.literal(VERSION),
	madeAt: at,
	...Object.fromEntries(archives.map(({ key, schema }) => [key, schema]))
});

/** What is looked at here: the rest is for the domains alone. */
export type Content = Record<string, unknown> & {
	wedding: ArchivedWedding;
	guests: unknown[];
	recordings: ArchivedRecording[];
};

/** Rows of one wedding refer to each other alone: an archive cannot reach into another wedding. */
export const Content = Shape.transform((shape) => shape as unknown as Content).refine((content) => {
	const rows = (key: string) => content[key] as Record<string, unknown>[];
	return archives.every(({ key, refersTo }) =>
		Object.entries(refersTo).every(([column, other]) => {
			const own = new Set(rows(other).map(({ id }) => id));
			return rows(key).every((row) => row[column] === null || own.has(row[column]));
		})
	);
}, 'names rows that it does not hold');
