import { z } from 'zod';

/*
 * What a backup is. In its place lie
 *   vowtape-backup.json               whose it is: { format, recipient }
 *   objects/ab/<SHA-256>.age          each content once: recordings, and pieces of tables
 *   snapshots/<UTC time>.objects      a line for each object that the snapshot needs: SHA-256, bytes
 *   snapshots/<UTC time>.age          a Manifest; written last, so that what has none is no snapshot
 */

export const FORMAT = 1;
export const MARKER = 'vowtape-backup.json';

/** A JSON text; what is none is none of ours. */
const json = z.string().transform((text, context) => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		context.addIssue('not JSON');
		return z.NEVER;
	}
});

export const Marker = json.pipe(z.object({ format: z.literal(FORMAT), recipient: z.string() }));
export type Marker = z.output<typeof Marker>;

const sha256 = z.string().regex(/^[\da-f]{64}$/);
const size = z.number().int().nonnegative();
const identifier = z.string().regex(/^[a-z_][a-z\d_]{0,62}$/);

const Piece = z.object({ sha256, bytes: size });
export type Piece = z.output<typeof Piece>;

const Table = z.object({
	name: identifier,
	columns: z.array(identifier).min(1),
	rows: size,
	/** as COPY writes them, in UTF-8 and UTC; cut into pieces anywhere */
	pieces: z.array(Piece),
	/** of all pieces together */
	sha256
});
export type Table = z.output<typeof Table>;

const Recording = z.object({
	id: z.guid(),
	format: z.string().regex(/^[a-z\d]{1,8}$/),
	bytes: size,
	/** null when the file was lost before it could be backed up */
	sha256: sha256.nullable()
});
export type Recording = z.output<typeof Recording>;

export const Manifest = json.pipe(
	z.object({
		format: z.literal(FORMAT),
		madeAt: z.iso.datetime(),
		version: z.string(),
		/** what the database had; its tables are loaded into what these make */
		migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
		/** a table stands after those that it refers to */
		tables: z.array(Table),
		recordings: z.array(Recording)
	})
);
export type Manifest = z.output<typeof Manifest>;

export const objectName = (sum: string) => `objects/${sum.slice(0, 2)}/${sum}.age`;

/** `2026-11-21T07-30-05Z`: a name that sorts by time and is allowed everywhere. */
export const snapshotName = (at: Date) => at.toISOString().slice(0, 19).replaceAll(':', '-') + 'Z';

/** The snapshots among the names of a store's files, the newest first. */
export function snapshots(names: Iterable<string>): string[] {
	const found = [...names].flatMap((name) => /^snapshots\/([\dTZ-]{20})\.age$/.exec(name)?.[1] ?? []);
	return found.sort().reverse();
}

/**
 * The one that is meant by `latest`, or by a UTC time or the beginning of one (`2026-11-21`, `2026-11-21 07:30`): the
 * newest that is not after it.
 */
export function choose(newestFirst: string[], when: string): string | undefined {
	if (when === 'latest') return newestFirst[0];
	const digits = (text: string) => text.replace(/\D/g, '');
	const meant = digits(when);
	if (!/^\d{4}-\d\d/.test(when) || meant.length > 14) return undefined;
	return newestFirst.find((name) => digits(name).slice(0, meant.length) <= meant);
}

const KEPT: [length: 'YYYY-MM-DDTHH' | 'YYYY-MM-DD' | 'YYYY-MM', count: number][] = [
	['YYYY-MM-DDTHH', 24],
	['YYYY-MM-DD', 14],
	['YYYY-MM', 12]
];

/** Which to keep: the newest of each of the last 24 hours, 14 days and 12 months that have one. */
export function kept(newestFirst: string[]): Set<string> {
	return new Set(
		KEPT.flatMap(([{ length }, count]) => {
			const newestOf = new Map<string, string>();
			for (const name of newestFirst) {
				const span = name.slice(0, length);
				if (!newestOf.has(span)) newestOf.set(span, name);
			}
			return [...newestOf.values()].slice(0, count);
		})
	);
}
