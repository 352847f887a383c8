import { db, rows } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { HAS_COVER } from './covered.server.ts';
import { SHOWN } from './shown.server.ts';

/** All that is known of a recording whose file may leave the house. */
export type Holding = {
	id: string;
	title: string;
	moment: string;
	speaker: string;
	recordedOn: Date | null;
	originalName: string;
	format: string;
	mimeType: string;
	/** whether browsers can decode it as it is */
	plays: boolean;
	bytes: number;
	/** of the copy that is played; null while there is none */
	playbackBytes: number | null;
	/** null until it was counted */
	crc32: number | null;
	durationSeconds: number;
	/** in base64 */
	peaks: string | null;
	hasCover: boolean;
	/** of the couple's own picture */
	coverId: string | null;
	createdAt: Date;
};

/** What this viewer may take home, in order: whoever looks after the recordings all, guests what they can listen to. */
export function list(viewer: Viewer): Promise<Holding[]> {
	permit(viewer, 'recordings:listen');
	return rows<Holding>(
		'recordings-holdings',
		`SELECT id, title, moment, speaker, recorded_on AS "recordedOn", original_name AS "originalName", format,
			mime_type AS "mimeType", plays, bytes::float8 AS bytes, playback_bytes::float8 AS "playbackBytes",
			crc32::float8 AS crc32, duration_seconds AS "durationSeconds",
			translate(encode(peaks, 'base64'), E'\\n', '') AS peaks, ${HAS_COVER} AS "hasCover",
			cover_id AS "coverId", created_at AS "createdAt"
		FROM recording, (SELECT $3::uuid AS listener) AS asking
		WHERE wedding_id = $1 AND ($2 OR ${SHOWN}) ORDER BY position, id`,
		[viewer.weddingId, may(viewer, 'recordings:edit'), viewer.householdId ?? null]
	);
}

/** How much all of it is, in bytes. */
export async function weigh(viewer: Viewer): Promise<number> {
	permit(viewer, 'recordings:listen');
	const [found] = await rows<{ bytes: number }>(
		'recordings-weight',
		`SELECT coalesce(sum(bytes), 0)::float8 AS bytes
		FROM recording, (SELECT $3::uuid AS listener) AS asking WHERE wedding_id = $1 AND ($2 OR ${SHOWN})`,
		[viewer.weddingId, may(viewer, 'recordings:edit'), viewer.householdId ?? null]
	);
	return found!.bytes;
}

/** Reads an original once and writes down its sums: SHA-256 for backups, CRC-32 for a ZIP. Throws 404 for a lost file. */
export async function fingerprint({ id, format }: Pick<Holding, 'id' | 'format'>): Promise<number> {
	const { sha256, crc32 } = await files.sums(id, format);
	const data = { sha256: Buffer.from(sha256, 'hex'), crc32 };
	await db.recording.updateMany({ where: { id }, data });
	return crc32;
}
