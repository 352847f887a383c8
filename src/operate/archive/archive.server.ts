import { z } from 'zod';
import { at } from '../../lib/kernel/db/archived.ts';
import { ORIGINAL } from '../../lib/kernel/media/picture-sizes.ts';
import type { ArchivedVoice } from '../../lib/guestbook/tables.server.ts';
import type { ArchivedPicture } from '../../lib/pictures/tables.server.ts';
import type { ArchivedRecording } from '../../lib/recordings/tables.server.ts';
import type { ArchivedWedding } from '../../lib/weddings/tables.server.ts';
import { tables } from '../tables.server.ts';

/* A wedding as one file that another install can take in: docs/archive.md says what is in it. */

export const KIND = 'vowtape-wedding';
export const VERSION = 1;

export const CONTENT = 'wedding.json';
export const SUMS = 'SHA256SUMS';

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
	voices: ArchivedVoice[];
	pictures: ArchivedPicture[];
};

export type ArchivedFile = { name: string; id: string; format: string; bytes: number; sha256: string };

/** What else is in the archive, each under the folder of its key, in this order. */
export function filesOf(content: Pick<Content, 'recordings' | 'voices' | 'pictures'>): ArchivedFile[] {
	const sounds = (['recordings', 'voices'] as const).flatMap((key) =>
		content[key].map(({ id, format, bytes, sha256 }) => ({
			...{ name: `${key}/${id}.${format}`, id, format, bytes, sha256 }
		}))
	);
	const pictures = content.pictures.map(({ id, bytes, sha256 }) => ({
		...{ name: `pictures/${id}.${ORIGINAL}`, id, format: ORIGINAL, bytes, sha256 }
	}));
	return [...sounds, ...content.recordings.flatMap(coverOf), ...pictures];
}

function coverOf({ coverId: id, coverBytes: bytes, coverSha256: sha256 }: ArchivedRecording): ArchivedFile[] {
	return id && bytes && sha256 ? [{ name: `covers/${id}.jpg`, id, format: 'jpg', bytes, sha256 }] : [];
}

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
