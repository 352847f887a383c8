import { digest } from '../lib/kernel/token.ts';
import { wedding } from './site.ts';

/** A plan of the first event with two tables, a dance floor and a wish; Maria has a seat that guests see. */
export const fillTables = () =>
	wedding().sql.query(
		`WITH plan AS (
			INSERT INTO plan (wedding_id, event_id, name, is_chosen, width, height)
			SELECT wedding_id, id, 'The barn', true, 1200, 900 FROM event
			WHERE NOT EXISTS (SELECT FROM plan) ORDER BY starts_at LIMIT 1 RETURNING id, wedding_id, event_id
		), made AS (
			INSERT INTO seating_table (wedding_id, plan_id, number, name, shape, seats, x, y)
			SELECT wedding_id, plan.id, number, 'The lake', shape::table_shape, 8, 300 * number, 250 * number
			FROM plan, (VALUES (1, 'round'), (2, 'long')) AS t (number, shape) RETURNING id, plan_id, number
		), fixture AS (
			INSERT INTO fixture (wedding_id, plan_id, kind, x, y, width, height)
			SELECT wedding_id, id, 'dance', 900, 300, 300, 200 FROM plan
		), wish AS (
			INSERT INTO wish (wedding_id, event_id, kind, guest_id, table_number)
			SELECT plan.wedding_id, event_id, 'at', guest.id, 2 FROM plan, guest WHERE guest.name = 'Maria Jansen'
		), shown AS (
			INSERT INTO shown_tables (wedding_id, event_id, shown_from, are_companions_shown)
			SELECT wedding_id, event_id, now(), true FROM plan
		)
		INSERT INTO seat (plan_id, guest_id, wedding_id, event_id, table_id, number)
		SELECT plan.id, guest.id, plan.wedding_id, event_id, made.id, 1 FROM plan, made, guest
		WHERE made.number = 1 AND guest.name = 'Maria Jansen'`
	);

export async function addressTable(): Promise<string> {
	const { rows } = await wedding().sql.query(
		'SELECT plan_id, id FROM seating_table WHERE number = 1 LIMIT 1'
	);
	return `/couple/tables/${rows[0].plan_id}/${rows[0].id}`;
}

/** Where a tablet finds the seats of the first event. */
export async function openFinder(): Promise<string> {
	const token = 'tablet'.padEnd(43, '-');
	await wedding().sql.query(
		`INSERT INTO seat_finder (event_id, wedding_id, token_hash)
		SELECT event_id, wedding_id, $1 FROM plan ON CONFLICT DO NOTHING`,
		[digest(token)]
	);
	return `/seats/${token}`;
}
