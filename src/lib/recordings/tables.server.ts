import { z } from 'zod';
import { archived, type Gone, inBatches, type Tables } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { Problem } from '../kernel/problem.ts';
import { type Format, MIME_TYPES } from './audio.ts';
import { pathOf } from './resumable-store.server.ts';

const formats = Object.keys(MIME_TYPES) as [Format, ...Format[]];

const sum = z.string().regex(/^[\da-f]{64}$/);

const ArchivedRecording = z.strictObject({
	...{ id, title: z.string(), moment: z.string(), speaker: z.string(), recordedOn: maybe(at) },
	...{ position: z.int(), isHidden: z.boolean(), originalName: z.string(), format: z.enum(formats) },
	...{ plays: z.boolean(), bytes: z.int().nonnegative(), sha256: sum },
	...{ durationSeconds: z.number(), isCopyWanted: z.boolean().default(false), createdAt: at },
	...{ visibleFrom: maybe(at).default(null), transcript: z.string().default('') },
	...{ isCoverHidden: z.boolean().default(false), coverId: id.nullable().default(null) },
	coverBytes: z.int().nonnegative().nullable().default(null),
	coverSha256: sum.nullable().default(null),
	onlyFor: z.array(id).default([])
});
export type ArchivedRecording = z.output<typeof ArchivedRecording>;

const ArchivedScore = z.strictObject({
	...{ recordingId: id, guestId: id, stars: z.int().min(1).max(5), updatedAt: at }
});

const ArchivedSettings = z.strictObject({
	...{ resultsShown: z.enum(['never', 'always', 'from']), resultsFrom: maybe(at) },
	areCommentsOpen: z.boolean()
});

const ArchivedComment = z.strictObject({
	...{ recordingId: id, guestId: id, text: z.string(), createdAt: at }
});

const ArchivedPlace = z.strictObject({
	...{ id, recordingId: id, guestId: id.nullable(), householdId: id.nullable() },
	...{ seconds: z.number().nonnegative(), isFinished: z.boolean(), updatedAt: at }
});

/** What processing finds out, and does again after an import. */
const PROCESSED = [
	'state',
	'progress',
	'failure',
	'peaks',
	'playbackBytes',
	'hasCover',
	'isFilm',
	'isCut'
] as const;
type Processed<Value> = Record<(typeof PROCESSED)[number], Value>;
const madeAnew = Object.fromEntries(
	PROCESSED.map((column) => [column, 'it is made anew from the original'])
) as Processed<string>;
const omitted = Object.fromEntries(PROCESSED.map((column) => [column, true])) as Processed<true>;

export const tables = {
	Recording: {
		archive: archived({
			key: 'recordings',
			schema: z.array(ArchivedRecording),
			leavesOut: {
				mimeType: 'it follows from the format',
				crc32: 'it is counted again',
				uploadKey: 'it is of a browser that may send its file again to the old install',
				...madeAnew
			},
			refersTo: {},
			async collect(weddingId, tx) {
				const found = await tx.recording.findMany({
					...{ where: { weddingId }, orderBy: { id: 'asc' } },
					omit: { weddingId: true, mimeType: true, crc32: true, uploadKey: true, ...omitted }
				});
				return Promise.all(found.map(async (row) => ({ ...(await withSum(row)), ...ownCover(row) })));
			},
			store(rows, { weddingId }, tx) {
				const own = rows.map(({ sha256, coverSha256, ...row }) => ({
					...{ ...row, weddingId, mimeType: MIME_TYPES[row.format] },
					coverSha256: coverSha256 === null ? null : Buffer.from(coverSha256, 'hex'),
					// what plays as it is does so until its copy is made
					state: row.plays ? ('ready' as const) : ('waiting' as const),
					sha256: Buffer.from(sha256, 'hex')
				}));
				return inBatches(own, (data) => tx.recording.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: erase,
		expire: 'stays',
		// backups have no copies: they are made anew, and what plays as it is does so until then
		restore: {
			update: `UPDATE recording SET state = CASE WHEN plays THEN 'ready' ELSE 'waiting' END::recording_state,
				playback_bytes = NULL, has_cover = false, failure = NULL, progress = 0`
		}
	},
	Upload: {
		archive: { staysBehind: 'it is not a recording yet: the rest of its file goes to this install' },
		// who speaks is said beside it; what was on its way begins anew
		erasePerson: ({ household, weddingId }, tx) => eraseUploads({ weddingId, householdId: household.id }, tx),
		eraseAll: (weddingId, tx) => eraseUploads({ weddingId }, tx),
		expire: 'stays',
		restore: 'empty'
	},
	Score: {
		archive: archived({
			key: 'scores',
			schema: z.array(ArchivedScore),
			leavesOut: {},
			refersTo: { recordingId: 'recordings', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.score.findMany({
					...{ where: { weddingId }, omit: { weddingId: true } },
					orderBy: [{ recordingId: 'asc' }, { guestId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.score.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) => tx.score.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Comment: {
		archive: archived({
			key: 'comments',
			schema: z.array(ArchivedComment),
			leavesOut: {},
			refersTo: { recordingId: 'recordings', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.comment.findMany({
					...{ where: { weddingId }, omit: { weddingId: true } },
					orderBy: [{ recordingId: 'asc' }, { guestId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.comment.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) => tx.comment.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	RecordingSettings: {
		archive: archived({
			key: 'recordingSettings',
			schema: z.array(ArchivedSettings),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.recordingSettings.findMany({ where: { weddingId }, omit: { weddingId: true } }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.recordingSettings.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Listened: {
		archive: archived({
			key: 'listened',
			schema: z.array(ArchivedPlace),
			leavesOut: {},
			refersTo: { recordingId: 'recordings', guestId: 'guests', householdId: 'households' },
			collect: (weddingId, tx) =>
				tx.listened.findMany({ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.listened.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) =>
			tx.listened.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: (limit, tx) =>
			tx.listened.deleteMany({ where: { wedding: { heldOn: { lt: limit } }, updatedAt: { lt: limit } } }),
		restore: 'stays'
	}
} satisfies Tables;

async function erase(weddingId: string, tx: Tx): Promise<Gone> {
	const where = { weddingId };
	const recordings = await tx.recording.findMany({ where, select: { id: true, coverId: true } });
	const { count } = await tx.recording.deleteMany({ where });
	const afterwards = async () => {
		for (const { id, coverId } of recordings)
			for (const file of [id, coverId]) if (file) await files.remove(file);
	};
	return { count, afterwards };
}

type OwnCover = { coverBytes: bigint | null; coverSha256: Uint8Array | null };

function ownCover({ coverBytes, coverSha256 }: OwnCover) {
	return {
		coverBytes: coverBytes === null ? null : Number(coverBytes),
		coverSha256: coverSha256 && Buffer.from(coverSha256).toString('hex')
	};
}

async function eraseUploads(where: { weddingId: string; householdId?: string }, tx: Tx): Promise<Gone> {
	const uploads = await tx.upload.findMany({ where, select: { id: true } });
	const { count } = await tx.upload.deleteMany({ where });
	const afterwards = async () => {
		for (const { id } of uploads) await files.discard(await pathOf(id));
	};
	return { count, afterwards };
}

/** With its sum, which it may not have yet. */
export async function withSum<
	Row extends { id: string; format: string; bytes: bigint; sha256: Uint8Array | null }
>(row: Row) {
	const { id, format, bytes, sha256 } = row;
	const sum = sha256 ? Buffer.from(sha256).toString('hex') : await files.sha256(id, format).catch(refuseLost);
	return { ...row, bytes: Number(bytes), sha256: sum };
}

/** For a file that cannot be found. */
export function refuseLost(error: unknown): never {
	if (error instanceof Problem && error.status === 404)
		throw new Problem('A recording was removed meanwhile, or its file is lost: try again, or restore it.');
	throw error;
}
