import { rows } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import type { Average, Averages, OwnScore } from './recording.ts';
import { SHOWN } from './shown.server.ts';
import type { Given } from './recording.schema.ts';

/** What a guest may score, or write about: $1 to $4 are the wedding, the recording, the guest and the household. */
export const MINE = `WITH mine AS (
	SELECT r.id AS recording_id, g.id AS guest_id, w.id AS wedding_id
	FROM wedding w JOIN guest g ON g.wedding_id = w.id JOIN recording r ON r.wedding_id = w.id
	CROSS JOIN (SELECT $4::uuid AS listener) AS asking
	WHERE w.id = $1 AND r.id = $2 AND ${SHOWN} AND g.id = $3 AND g.household_id = $4
	FOR KEY SHARE
)`;

/**
 * Gives or changes one guest's stars, or takes them back: also when there are none any more. Throws 404 for a guest of
 * another household, and for what is hidden or does not play yet.
 */
export async function give(viewer: Viewer, recordingId: string, { guestId, stars }: Given): Promise<void> {
	permit(viewer, 'recordings:score');
	const mine = [viewer.weddingId, recordingId, guestId, viewer.householdId ?? null];
	const found = stars
		? await rows(
				'score-give',
				`${MINE} INSERT INTO score (recording_id, guest_id, wedding_id, stars, updated_at)
				SELECT recording_id, guest_id, wedding_id, $5, now() FROM mine
				ON CONFLICT (recording_id, guest_id) DO UPDATE SET stars = excluded.stars, updated_at = excluded.updated_at
				RETURNING 1`,
				[...mine, stars]
			)
		: await rows(
				'score-take-back',
				`${MINE}, gone AS (DELETE FROM score USING mine
					WHERE score.recording_id = mine.recording_id AND score.guest_id = mine.guest_id)
				SELECT 1 FROM mine`,
				mine
			);
	if (found.length === 0) throw new Problem(404, 'recording_unknown');
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
	return add(viewer, true);
}

/** The same of what a guest can hear, once the couple shows it; null until then. */
export async function seen(viewer: Viewer): Promise<Averages | null> {
	permit(viewer, 'recordings:listen');
	if (may(viewer, 'recordings:edit')) return add(viewer, true);
	return (await areShown(viewer.weddingId)) ? add(viewer, false) : null;
}

const areShown = together(async (weddingIds: string[]) => {
	const found = await rows<{ weddingId: string }>(
		'scores-are-shown',
		`SELECT wedding_id AS "weddingId" FROM recording_settings WHERE wedding_id = ANY ($1::uuid[])
			AND (results_shown = 'always' OR results_shown = 'from' AND results_from <= now())`,
		[[...new Set(weddingIds)]]
	);
	return weddingIds.map((id) => found.some(({ weddingId }) => weddingId === id));
});

async function add({ weddingId, householdId }: Viewer, withHidden: boolean): Promise<Averages> {
	const found = await rows<Average & { id: string | null; guests: number }>(
		'scores-averages',
		`SELECT s.recording_id AS id, avg(s.stars)::float8 AS average, count(s.stars)::int AS scored, w.guests
		FROM (SELECT count(*)::int AS guests FROM guest WHERE wedding_id = $1) w
		LEFT JOIN score s ON s.wedding_id = $1
			AND ($2 OR s.recording_id IN (
				SELECT id FROM recording, (SELECT $3::uuid AS listener) AS asking WHERE wedding_id = $1 AND ${SHOWN}
			))
		GROUP BY s.recording_id, w.guests`,
		[weddingId, withHidden, householdId ?? null]
	);
	const scored = found.flatMap(({ id, average, scored }) => (id ? [[id, { average, scored }] as const] : []));
	return { guests: found[0]!.guests, of: Object.fromEntries(scored) };
}
