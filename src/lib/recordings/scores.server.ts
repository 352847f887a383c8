import { rows } from '../kernel/db.server.ts';
import { clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Average, Averages, Given, OwnScore } from './recording.ts';

/** Gives or changes one guest's stars. Throws 404 for a guest of another household, and for what is hidden. */
export async function give(viewer: Viewer, recordingId: string, { guestId, stars }: Given): Promise<void> {
	permit(viewer, 'recordings:score');
	const given = await rows(
		'score-give',
		`INSERT INTO score (recording_id, guest_id, wedding_id, stars, updated_at)
		SELECT r.id, g.id, r.wedding_id, $5, $6
		FROM recording r JOIN guest g ON g.wedding_id = r.wedding_id
		WHERE r.wedding_id = $1 AND r.id = $2 AND NOT r.is_hidden AND g.id = $3 AND g.household_id = $4
		ON CONFLICT (recording_id, guest_id) DO UPDATE SET stars = excluded.stars, updated_at = excluded.updated_at
		RETURNING 1`,
		[viewer.weddingId, recordingId, guestId, viewer.householdId ?? null, stars, clock.now()]
	);
	if (given.length === 0) throw new Problem(404, 'recording_unknown');
}

/** Everyone of the viewer's household with what they gave, the viewer first. */
export function own(viewer: Viewer, recordingId: string): Promise<OwnScore[]> {
	permit(viewer, 'recordings:score');
	return rows<OwnScore>(
		'scores-own',
		`SELECT g.id AS "guestId", g.name, s.stars
		FROM guest g LEFT JOIN score s ON s.guest_id = g.id AND s.recording_id = $3
		WHERE g.wedding_id = $1 AND g.household_id = $2
		ORDER BY g.id IS DISTINCT FROM $4, g.position, g.id`,
		[viewer.weddingId, viewer.householdId ?? null, recordingId, viewer.guestId ?? null]
	);
}

/** What the guests of this wedding gave, and how many there are. */
export async function averages(viewer: Viewer): Promise<Averages> {
	permit(viewer, 'recordings:edit');
	const found = await rows<Average & { id: string | null; guests: number }>(
		'scores-averages',
		`SELECT s.recording_id AS id, avg(s.stars)::float8 AS average, count(s.stars)::int AS scored, w.guests
		FROM (SELECT count(*)::int AS guests FROM guest WHERE wedding_id = $1) w
		LEFT JOIN score s ON s.wedding_id = $1
		GROUP BY s.recording_id, w.guests`,
		[viewer.weddingId]
	);
	const scored = found.flatMap(({ id, average, scored }) => (id ? [[id, { average, scored }] as const] : []));
	return { guests: found[0]!.guests, of: Object.fromEntries(scored) };
}
