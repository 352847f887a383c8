import type { Words } from '../i18n/words.ts';
import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as answers from '../rsvp/answers.server.ts';
import * as placed from './placed.server.ts';
import * as plans from './plans.server.ts';
import * as room from './room.server.ts';
import { isSeated, type Placed, sitAt } from './seating.ts';

/** Who gets what: a guest with the meal that they chose and what they cannot eat. */
export type Plate = Placed & { meal: Words | null; diet: string };
export type ServedTable = { id: string; number: number; name: string; seats: number; plates: Plate[] };

/** For the kitchen: by table and seat, and those who come and do not sit yet. */
export async function make(
	viewer: Viewer,
	planId: string
): Promise<{ tables: ServedTable[]; standing: Plate[] }> {
	permit(viewer, 'answers:read');
	const plan = await plans.get(viewer, planId);
	const { tables } = await room.look(viewer, planId);
	const chosen = await rows<{ guestId: string; meal: Words }>(
		'sheet-meals',
		`SELECT r.guest_id AS "guestId", m.name AS meal FROM reply r JOIN meal m ON m.id = r.meal_id
		WHERE r.wedding_id = $1::uuid AND r.event_id = $2::uuid AND r.state = 'yes'`,
		[viewer.weddingId, plan.eventId]
	);
	const meals = new Map(chosen.map(({ guestId, meal }) => [guestId, meal]));
	const diets = new Map((await answers.listDiets(viewer)).map(({ guestId, text }) => [guestId, text]));
	const fill = <One extends Placed>(one: One) => ({
		...{ ...one, meal: meals.get(one.guestId) ?? null, diet: diets.get(one.guestId) ?? '' }
	});
	const all = await placed.list(viewer, plan);
	return {
		tables: tables.map(({ id, number, name, seats }) => ({
			...{ id, number, name, seats, plates: sitAt(all, id).map(fill) }
		})),
		standing: all.filter((one) => !isSeated(one) && one.said === 'yes').map(fill)
	};
}
