import { db, rows } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';

/** All that is known of a message whose file may leave the house. */
export type VoiceHolding = {
	id: string;
	speaker: string;
	durationSeconds: number;
	/** the couple's line, for whoever spoke; empty for everybody else */
	reply: string;
	format: string;
	/** whether browsers can decode it as it is, as far as we know */
	plays: boolean;
	bytes: number;
	/** null until it was counted */
	crc32: number | null;
	/** in base64 */
	peaks: string | null;
	createdAt: Date;
};

// an original that the job did not find again is no reason to take nothing home
const TAKEN = `wedding_id = $1 AND failure IS DISTINCT FROM 'audio_lost' AND ($2 OR is_shared AND failure IS NULL)`;

/** What this viewer may take home, the oldest first: the couple all, guests what is shared with every one of them. */
export function list(viewer: Viewer): Promise<VoiceHolding[]> {
	permit(viewer, 'guestbook:listen');
	return rows<VoiceHolding>(
		'voices-holdings',
		`SELECT id, speaker, duration_seconds AS "durationSeconds",
			CASE WHEN $2 OR household_id = $3::uuid THEN reply ELSE '' END AS reply, format, plays AND failure IS NULL AS plays,
			bytes::float8 AS bytes, crc32::float8 AS crc32,
			translate(encode(peaks, 'base64'), E'\\n', '') AS peaks, created_at AS "createdAt"
		FROM voice WHERE ${TAKEN} ORDER BY id`,
		[viewer.weddingId, may(viewer, 'guestbook:edit'), viewer.householdId ?? null]
	);
}

/** How much all of it is, in bytes. */
export async function weigh(viewer: Viewer): Promise<number> {
	permit(viewer, 'guestbook:listen');
	const [found] = await rows<{ bytes: number }>(
		'voices-weight',
		`SELECT coalesce(sum(bytes), 0)::float8 AS bytes FROM voice WHERE ${TAKEN}`,
		[viewer.weddingId, may(viewer, 'guestbook:edit')]
	);
	return found!.bytes;
}

/** Reads an original once and writes down its sums, as for a recording. Throws 404 for a lost file. */
export async function fingerprint({ id, format }: Pick<VoiceHolding, 'id' | 'format'>): Promise<number> {
	const { sha256, crc32 } = await files.sums(id, format);
	await db.voice.updateMany({ where: { id }, data: { sha256: Buffer.from(sha256, 'hex'), crc32 } });
	return crc32;
}
