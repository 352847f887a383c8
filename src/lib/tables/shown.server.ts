import * as trail from '../audit/trail.server.ts';
import type { Words } from '../i18n/words.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
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
export function listOwn(viewer: Viewer): Promise<OwnTable[]> {
	permit(viewer, 'tables:own');
	const { weddingId, householdId } = viewer;
	// nobody's, where it is none
	return rows<OwnTable>('tables-own', OWN, [weddingId, householdId ?? weddingId]);
}

const OWN = `
	SELECT e.id AS "eventId", e.name AS event, t.number, t.name,
		array_agg(g.name ORDER BY g.position, g.id) FILTER (WHERE g.household_id = $2::uuid) AS own,
		coalesce(array_agg(g.name ORDER BY s.number) FILTER (WHERE g.household_id <> $2::uuid AND w.are_companions_shown), '{}')
			AS companions
	FROM shown_tables w JOIN event e ON e.id = w.event_id
	JOIN plan p ON p.event_id = e.id AND p.is_chosen AND p.removed_at IS NULL
	JOIN seating_table t ON t.plan_id = p.id JOIN seat s ON s.table_id = t.id JOIN guest g ON g.id = s.guest_id
	WHERE w.wedding_id = $1::uuid AND w.shown_from <= now()
	GROUP BY e.id, t.id HAVING bool_or(g.household_id = $2::uuid) ORDER BY e.starts_at, e.id, t.number`;
