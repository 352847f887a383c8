import { wedding } from './site.ts';

/** A run to everybody that the couple has paused; of two of its mails nobody knows whether they have left. */
export async function makePausedRun(): Promise<string> {
	const { rows } = await wedding().sql.query(
		`WITH made AS (INSERT INTO run (wedding_id, kind, state) SELECT id, 'invitation', 'paused' FROM wedding RETURNING *),
			written AS (
				INSERT INTO message (wedding_id, run_id, kind, language, household_id, guest_id)
				SELECT made.wedding_id, made.id, 'invitation', 'nl', household_id, guest.id FROM made, guest
				WHERE email IS NOT NULL RETURNING *
			), put AS (
				INSERT INTO delivery (wedding_id, message_id, address, state)
				SELECT w.wedding_id, w.id, email, CASE row_number() OVER (ORDER BY email)
					WHEN 1 THEN 'unsure' WHEN 2 THEN 'unsure' ELSE 'queued' END::delivery_state
				FROM written w JOIN guest ON guest.id = w.guest_id
			)
		SELECT id FROM made`
	);
	return rows[0].id;
}
