import { rows } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { SHOWN } from './shown.server.ts';
import type { Place } from './recording.schema.ts';

/**
 * Keeps where the viewer stopped: the guest, else the household, which came in with its card. At the end it keeps that
 * it was heard, and it begins again. Throws 404.
 */
export async function keep(viewer: Viewer, recordingId: string, { seconds, finished }: Place): Promise<void> {
	permit(viewer, 'recordings:remember');
	const { weddingId, householdId = null, guestId = null } = viewer;
	const found = await rows(
		guestId ? 'listened-by-guest' : 'listened-by-household',
		`WITH mine AS (
			SELECT r.id AS recording_id, w.id AS wedding_id, h.id AS household_id, g.id AS guest_id
			FROM wedding w
			JOIN household h ON h.wedding_id = w.id JOIN recording r ON r.wedding_id = w.id
			CROSS JOIN (SELECT $4::uuid AS listener) AS asking
			LEFT JOIN guest g ON g.household_id = h.id AND g.id = $3
			WHERE w.id = $1 AND r.id = $2 AND ${SHOWN} AND h.id = $4
			FOR KEY SHARE OF w, h, r
		)
		INSERT INTO listened (recording_id, wedding_id, guest_id, household_id, seconds, is_finished, updated_at)
		SELECT recording_id, wedding_id, guest_id, CASE WHEN guest_id IS NULL THEN household_id END, $5, $6, now()
		FROM mine WHERE guest_id IS NOT DISTINCT FROM $3
		ON CONFLICT (recording_id, ${guestId ? 'guest_id' : 'household_id'}) DO UPDATE
		SET seconds = excluded.seconds, is_finished = listened.is_finished OR excluded.is_finished,
			updated_at = excluded.updated_at
		RETURNING 1`,
		[weddingId, recordingId, guestId, householdId, finished ? 0 : seconds, finished]
	);
	if (found.length === 0) throw new Problem(404, 'recording_unknown');
}
