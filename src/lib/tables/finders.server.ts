import * as trail from '../audit/trail.server.ts';
import { MINUTE } from '../kernel/clock.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { Problem } from '../kernel/problem.ts';
import { fold } from '../kernel/text/fold.ts';
import { foldWords, MOST_FOUND } from '../kernel/text/find.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Words } from '../i18n/words.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { FEWEST_LETTERS, type FoundSeat, MOST_TRIES } from './finder.ts';
import type { Fixture, Room, RoomTable } from './room.ts';

/** Since when a tablet may look for the seats of an event; null while none may. */
export async function get(viewer: Viewer, eventId: string): Promise<Date | null> {
	permit(viewer, 'tables:edit');
	const found = await db.seatFinder.findUnique({ where: { eventId, weddingId: viewer.weddingId } });
	return found?.createdAt ?? null;
}

/** The address for tablets, which is shown this once; the one before ends. */
export function renew(viewer: Viewer, eventId: string): Promise<string> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		if (!(await tx.event.count({ where: { id: eventId, weddingId } })))
			throw new Problem(404, 'event_not_found');
		const token = makeSecret();
		await tx.seatFinder.deleteMany({ where: { eventId, weddingId } });
		await tx.seatFinder.create({ data: { eventId, weddingId, tokenHash: digest(token) } });
		await trail.record(viewer, 'finder.renewed', { id: eventId }, tx);
		return `${weddings.originOf(await weddings.get(viewer, tx))}/seats/${token}`;
	});
}

export function end(viewer: Viewer, eventId: string): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await tx.seatFinder.deleteMany({ where: { eventId, weddingId } });
		await trail.record(viewer, 'finder.ended', { id: eventId }, tx);
	});
}

/** Lets a tablet that has the secret look for seats at its event, and nothing else. Throws 404. */
export async function open({ weddingId }: Viewer, token: string) {
	if (!/^[\w-]{43}$/.test(token)) throw new Problem(404, 'finder_unknown');
	const [found] = await rows<{ eventId: string; event: Words }>(
		'finder-open',
		`SELECT e.id AS "eventId", e.name AS event FROM seat_finder f JOIN event e ON e.id = f.event_id
		WHERE f.token_hash = $1 AND f.wedding_id = $2::uuid`,
		[digest(token), weddingId]
	);
	if (!found) throw new Problem(404, 'finder_unknown');
	return { ...found, viewer: { role: 'entrance', weddingId } satisfies Viewer };
}

const FIND = `
	SELECT id, name, household, number, "table", seat FROM (
		SELECT g.id, g.name, h.name AS household, t.number, t.name AS "table", s.number AS seat,
			fold(g.name || E'\\n' || h.name) AS text
		FROM plan p JOIN seat s ON s.plan_id = p.id JOIN seating_table t ON t.id = s.table_id
		JOIN guest g ON g.id = s.guest_id JOIN household h ON h.id = g.household_id
		WHERE p.wedding_id = $1::uuid AND p.event_id = $2::uuid AND p.is_chosen AND p.removed_at IS NULL OFFSET 0
	) AS seated
	WHERE NOT EXISTS (SELECT FROM unnest($3::text[]) AS word WHERE strpos(text, word) = 0)
	ORDER BY strpos(text, ($3::text[])[1]) > 1, fold(name), id LIMIT ${MOST_FOUND + 1}`;

/** Who sits in the chosen plan and is called so; nobody for fewer letters than it takes. Throws 429. */
export async function find(
	viewer: Viewer,
	eventId: string,
	typed: string
): Promise<{ found: FoundSeat[]; areMore: boolean }> {
	permit(viewer, 'tables:find');
	const words = foldWords(typed.slice(0, 100));
	if ([...words.join('')].length < FEWEST_LETTERS) return { found: [], areMore: false };
	await limits.take('seat-finder', eventId, MOST_TRIES, 10 * MINUTE);
	const asked = [viewer.weddingId, eventId, words];
	const all = await rows<FoundSeat & { household: string }>('finder-find', FIND, asked);
	const found = all.slice(0, MOST_FOUND);
	const names = Map.groupBy(found, ({ name }) => fold(name));
	return {
		found: found.map((one) => ({
			...one,
			household: names.get(fold(one.name))!.length > 1 ? one.household : null
		})),
		areMore: all.length > MOST_FOUND
	};
}

export type Sketch = {
	room: Room;
	tables: Omit<RoomTable, 'isLocked'>[];
	fixtures: Fixture[];
	/** who else sits at the table, if the couple shows it */
	companions: string[];
};

/** Where the table with this number is in the chosen plan; null where it is gone. */
export async function look(
	viewer: Viewer,
	eventId: string,
	{ id, number }: FoundSeat
): Promise<Sketch | null> {
	permit(viewer, 'tables:find');
	const { weddingId } = viewer;
	const where = { weddingId, eventId, isChosen: true, removedAt: null };
	const omit = { weddingId: true, planId: true } as const;
	const plan = await db.plan.findFirst({
		where,
		select: {
			...{ id: true, width: true, height: true },
			tables: { omit: { ...omit, isLocked: true }, orderBy: { number: 'asc' } },
			fixtures: { omit, orderBy: { id: 'asc' } }
		}
	});
	if (!plan) return null;
	const { width, height, tables, fixtures } = plan;
	const others = await rows<{ name: string }>(
		'finder-companions',
		`SELECT g.name FROM shown_tables w JOIN seating_table t ON t.plan_id = $2::uuid AND t.number = $3
		JOIN seat s ON s.table_id = t.id JOIN guest g ON g.id = s.guest_id
		WHERE w.event_id = $1::uuid AND w.are_companions_shown AND g.id <> $4::uuid ORDER BY s.number`,
		[eventId, plan.id, number, id]
	);
	return { room: { width, height }, tables, fixtures, companions: others.map(({ name }) => name) };
}
