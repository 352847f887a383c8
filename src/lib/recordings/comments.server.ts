import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import type { Comment } from './recording.ts';
import type { Commented } from './recording.schema.ts';
import { MINE } from './scores.server.ts';

/** More than anybody means to write in an hour. */
const MOST_AN_HOUR = 60;

/**
 * What guests wrote with a recording, the oldest first; nothing for a guest where it is switched off. Whether the
 * viewer may hear that recording is for `recordings.get` to say.
 */
export async function list(viewer: Viewer, recordingId: string) {
	permit(viewer, 'recordings:listen');
	const isOpen = await areOpen(viewer.weddingId);
	if (!isOpen && !may(viewer, 'recordings:edit')) return { isOpen, comments: [] };
	const comments = await rows<Comment>(
		'comments-list',
		`SELECT c.guest_id AS "guestId", g.name, c.text, c.created_at AS "createdAt"
		FROM comment c JOIN guest g ON g.id = c.guest_id
		WHERE c.wedding_id = $1::uuid AND c.recording_id = $2::uuid ORDER BY c.created_at, c.guest_id`,
		[viewer.weddingId, recordingId]
	);
	return { isOpen, comments };
}

const areOpen = together(async (weddingIds: string[]): Promise<boolean[]> => {
	const open =
		'SELECT wedding_id AS id FROM recording_settings WHERE wedding_id = ANY ($1::uuid[]) AND are_comments_open';
	const found = await rows<{ id: string }>('comments-are-open', open, [[...new Set(weddingIds)]]);
	return weddingIds.map((id) => found.some((one) => one.id === id));
});

/**
 * Writes or changes the line of one guest of the viewer's household. Throws 409 where the couple has switched it off, 404
 * for a guest of another household and for what they cannot hear, 429.
 */
export async function write(
	viewer: Viewer,
	recordingId: string,
	{ guestId, text }: Commented
): Promise<void> {
	permit(viewer, 'recordings:comment');
	const { weddingId, householdId = null } = viewer;
	await limits.take(`comments:${weddingId}`, householdId ?? guestId, MOST_AN_HOUR, 3600);
	if (!(await areOpen(weddingId))) throw new Problem(409, 'comments_closed');
	const found = await rows(
		'comment-write',
		`${MINE} INSERT INTO comment (recording_id, guest_id, wedding_id, text)
		SELECT recording_id, guest_id, wedding_id, $5 FROM mine
		ON CONFLICT (recording_id, guest_id) DO UPDATE SET text = excluded.text
		RETURNING 1`,
		[weddingId, recordingId, guestId, householdId, text]
	);
	if (found.length === 0) throw new Problem(404, 'recording_unknown');
}

/** Of one's own household; also when there is none any more, or nobody may write. */
export async function takeBack(viewer: Viewer, recordingId: string, guestId: string): Promise<void> {
	permit(viewer, 'recordings:comment');
	const { weddingId, householdId } = viewer;
	if (!householdId) return;
	await db.comment.deleteMany({ where: { weddingId, recordingId, guestId, guest: { householdId } } });
}

/** The couple removes whatever it does not want to have here. */
export function remove(viewer: Viewer, recordingId: string, guestId: string): Promise<void> {
	permit(viewer, 'recordings:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { count } = await tx.comment.deleteMany({ where: { weddingId, recordingId, guestId } });
		if (count) await trail.record(viewer, 'comment.removed', { id: recordingId, guestId }, tx);
	});
}
