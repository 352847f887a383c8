import * as trail from '../audit/trail.server.ts';
import type { Words } from '../i18n/words.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { shareOut, together } from '../kernel/db/together.server.ts';
import { Problem } from '../kernel/problem.ts';
import { toInstant } from '../kernel/text/local-time.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Shown } from './shown.schema.ts';

/** From when on guests see their tables, by event; without a time they do not. */
export async function list(viewer: Viewer) {
	permit(viewer, 'tables:read');
	const found = await db.shownTables.findMany({ where: { weddingId: viewer.weddingId } });
	return new Map(found.map(({ eventId, weddingId: _, ...shown }) => [eventId, shown]));
}

/** The time is that of a clock at the wedding. */
export function set(viewer: Viewer, { eventId, ...typed }: Shown): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		if (!(await tx.event.count({ where: { id: eventId, weddingId } })))
			throw new Problem(404, 'event_not_found');
		const { timeZone } = await weddings.get(viewer, tx);
		const shownFrom = typed.shownFrom ? toInstant(typed.shownFrom, timeZone) : null;
		const data = { shownFrom, areCompanionsShown: typed.areCompanionsShown };
		await tx.shownTables.upsert({
			where: { eventId },
			update: data,
			create: { ...data, eventId, weddingId }
		});
		await trail.record(viewer, 'tables.shown', { id: eventId }, tx);
	});
}

export type OwnTable = {
	eventId: string;
	event: Words;
	number: number;
	name: string;
	/** of their household */
	own: string[];
	/** who else sits there, if the couple shows it */
	companions: string[];
};

/** Where a guest's household sits, of the events whose couple shows it by now. */
export async function listOwn(viewer: Viewer): Promise<OwnTable[]> {
	permit(viewer, 'tables:own');
	return listFor(viewer);
}

const listFor = together(async (viewers: Viewer[]): Promise<OwnTable[][]> => {
	const weddings = viewers.map(({ weddingId }) => weddingId);
	// nobody's, where it is none
	const households = viewers.map(({ weddingId, householdId }) => householdId ?? weddingId);
	const found = await rows<OwnTable & { place: number }>('tables-own', OWN, [weddings, households]);
	return shareOut(found, viewers.length);
});

const OWN = `
	SELECT asked.place::int, e.id AS "eventId", e.name AS event, t.number, t.name,
		array_agg(g.name ORDER BY g.position, g.id) FILTER (WHERE g.household_id = household) AS own,
		coalesce(array_agg(g.name ORDER BY s.number) FILTER (WHERE g.household_id <> household AND w.are_companions_shown), '{}')
			AS companions
	FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (wedding, household, place)
	JOIN shown_tables w ON w.wedding_id = wedding AND w.shown_from <= now()
	JOIN event e ON e.id = w.event_id
	JOIN plan p ON p.event_id = e.id AND p.is_chosen AND p.removed_at IS NULL
	JOIN seating_table t ON t.plan_id = p.id JOIN seat s ON s.table_id = t.id JOIN guest g ON g.id = s.guest_id
	GROUP BY asked.place, household, e.id, t.id HAVING bool_or(g.household_id = household)
	ORDER BY e.starts_at, e.id, t.number`;
