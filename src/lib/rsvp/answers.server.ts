import { sortByName } from '../i18n/order.ts';
import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { canSeal, unseal } from '../kernel/db/sealed.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Asked } from './answers.ts';
import { dietOf } from './diets.server.ts';

/** Everything that anybody was asked, and the answer, in the order of households. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<Asked[]> {
	permit(viewer, 'answers:read');
	const found = await rows<Asked>(
		'answers-list',
		`SELECT i.event_id AS "eventId", g.id AS "guestId", g.name AS guest, g.is_child AS "isChild",
			h.id AS "householdId", h.name AS household, r.state::text, r.meal_id AS "mealId"
		FROM invitation i JOIN guest g ON g.id = i.guest_id JOIN household h ON h.id = g.household_id
		JOIN event e ON e.id = i.event_id
		LEFT JOIN reply r ON r.event_id = i.event_id AND r.guest_id = i.guest_id
		WHERE i.wedding_id = $1::uuid ORDER BY h.name, h.id, g.position, g.id, e.starts_at, e.id`,
		[viewer.weddingId],
		tx
	);
	return sortByName(found, ({ household }) => household);
}

/** Of those who come to something: what the kitchen is to know. */
export async function listDiets(viewer: Viewer) {
	permit(viewer, 'answers:read');
	if (!canSeal()) return [];
	const { weddingId } = viewer;
	const found = await db.diet.findMany({
		where: { weddingId, guest: { replies: { some: { state: 'yes' } } } },
		include: { guest: { include: { household: true } } },
		orderBy: [{ guest: { household: { name: 'asc' } } }, { guest: { position: 'asc' } }]
	});
	const listed = sortByName(found, ({ guest }) => guest.household.name);
	return listed.map(({ guestId, sealed, guest }) => ({
		...{ guestId, guest: guest.name, isChild: guest.isChild, household: guest.household.name },
		text: unseal(sealed, dietOf(guestId))
	}));
}
