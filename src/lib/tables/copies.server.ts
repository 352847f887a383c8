import { rows, type Tx } from '../kernel/db/db.server.ts';

/** Makes of an empty plan what another one is; tables keep their numbers, guests their seats. */
export async function fill(from: string, into: string, tx: Tx): Promise<void> {
	await rows(
		'plan-copy-fixtures',
		`INSERT INTO fixture (plan_id, wedding_id, kind, name, x, y, width, height, rotation)
		SELECT $2::uuid, wedding_id, kind, name, x, y, width, height, rotation FROM fixture WHERE plan_id = $1::uuid`,
		[from, into],
		tx
	);
	await rows(
		'plan-copy-tables',
		`INSERT INTO seating_table (plan_id, wedding_id, number, name, shape, seats, x, y, rotation, is_locked)
		SELECT $2::uuid, wedding_id, number, name, shape, seats, x, y, rotation, is_locked
		FROM seating_table WHERE plan_id = $1::uuid`,
		[from, into],
		tx
	);
	await rows(
		'plan-copy-seats',
		`INSERT INTO seat (plan_id, guest_id, wedding_id, event_id, table_id, number, is_locked)
		SELECT $2::uuid, s.guest_id, s.wedding_id, s.event_id, new.id, s.number, s.is_locked
		FROM seat s JOIN seating_table old ON old.id = s.table_id
		JOIN seating_table new ON new.plan_id = $2::uuid AND new.number = old.number WHERE s.plan_id = $1::uuid`,
		[from, into],
		tx
	);
}
