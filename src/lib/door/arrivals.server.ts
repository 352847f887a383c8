import { db, now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { announce } from '../live/announce.server.ts';
import type { Arrival } from './arrival.ts';
import type { Report } from './arrival.schema.ts';

export type News = {
	/** what this phone has not heard yet, its own among them */
	arrivals: Arrival[];
	/** to ask with the next time */
	after: string;
	/** those of its own that nobody can place any more: the guest or the event is gone */
	refused: string[];
	/** by the server's clock, in milliseconds since 1970 */
	now: number;
};

/**
 * Takes what happened at an entrance, in any order and as often as it is sent, and says what happened elsewhere. Times
 * are set right by how far the phone's clock is off, and none of them lies ahead.
 */
export function report(viewer: Viewer, { now: theirs, after, arrivals }: Report): Promise<News> {
	permit(viewer, 'door:note');
	return transaction(async (tx) => {
		await hold(viewer.weddingId, tx);
		const ours = (await now(tx)).getTime();
		const timed = setRight(arrivals, { ours, theirs });
		const stored = arrivals.length ? await store(viewer, timed, tx) : 0;
		await noteHeard(viewer, tx);
		if (stored) await announce(viewer.weddingId, 'door', tx);
		const known = await findKnown(viewer, arrivals, tx);
		const refused = arrivals.map(({ id }) => id).filter((id) => !known.has(id));
		return { ...(await list(viewer, after, tx)), refused, now: ours };
	});
}

/** By our clock, none of them ahead of it, and in the order in which they were noted. */
function setRight(arrivals: Arrival[], { ours, theirs }: { ours: number; theirs: number }): Arrival[] {
	let latest = ours;
	return arrivals
		.toSorted((one, other) => other.at - one.at)
		.map((one) => {
			const said = one.at + ours - theirs;
			const at = Math.min(latest, said);
			if (at < said) latest = at - 1;
			return { ...one, at };
		});
}

/** All that was stored after that place, oldest first. */
export async function list(viewer: Viewer, after = '0', tx: Tx = db): Promise<Omit<News, 'refused' | 'now'>> {
	permit(viewer, 'door:read');
	const found = await rows<Arrival & { place: string }>(
		'arrival-list',
		`SELECT id, event_id AS "eventId", kind, guest_id AS "guestId", walk_in_id AS "walkInId",
			walk_in_name AS "walkInName", undoes_id AS "undoesId",
			(extract(epoch FROM happened_at) * 1000)::float8 AS at, place::text
		FROM arrival WHERE wedding_id = $1::uuid AND place > $2::int ORDER BY place`,
		[viewer.weddingId, after],
		tx
	);
	return { arrivals: found.map(({ place: _, ...one }) => one), after: found.at(-1)?.place ?? after };
}

/** Another one whenever something happened at a door. */
export async function version(viewer: Viewer): Promise<string> {
	permit(viewer, 'door:read');
	const text = 'SELECT coalesce(max(place), 0)::text AS place FROM arrival WHERE wedding_id = $1::uuid';
	const [found] = await rows<{ place: string }>('arrival-version', text, [viewer.weddingId]);
	return found!.place;
}

/** One report after the other, so that their places come in the order in which they are there to be read. */
async function hold(weddingId: string, tx: Tx): Promise<void> {
	const lock = `SELECT pg_advisory_xact_lock(hashtextextended('door:' || $1, 0))::text`;
	await rows('arrival-hold', lock, [weddingId], tx);
}

async function store({ weddingId, phoneId }: Viewer, arrivals: Arrival[], tx: Tx): Promise<number> {
	const stored = await rows(
		'arrival-store',
		`INSERT INTO arrival
			(id, wedding_id, event_id, kind, guest_id, walk_in_id, walk_in_name, undoes_id, happened_at, phone_id, place)
		SELECT a.id, $1::uuid, e.id, a.kind::arrival_kind, g.id, a."walkInId", a."walkInName", a."undoesId",
			to_timestamp(a.at / 1000), $3::uuid,
			(SELECT coalesce(max(place), 0) FROM arrival WHERE wedding_id = $1::uuid) + row_number() OVER (ORDER BY a.at, a.id)
		FROM jsonb_to_recordset($2::jsonb) AS a (
			id uuid, "eventId" uuid, kind text, "guestId" uuid, "walkInId" uuid, "walkInName" text, "undoesId" uuid, at float8
		)
		JOIN event e ON e.id = a."eventId" AND e.wedding_id = $1::uuid
		LEFT JOIN guest g ON g.id = a."guestId" AND g.wedding_id = $1::uuid
		WHERE a."guestId" IS NULL OR g.id IS NOT NULL
		ON CONFLICT (id) DO NOTHING RETURNING id`,
		[weddingId, JSON.stringify(arrivals), phoneId ?? null],
		tx
	);
	return stored.length;
}

async function noteHeard({ phoneId, weddingId }: Viewer, tx: Tx): Promise<void> {
	if (!phoneId) return;
	const text = 'UPDATE phone SET heard_at = now() WHERE id = $1::uuid AND wedding_id = $2::uuid';
	await rows('phone-heard', text, [phoneId, weddingId], tx);
}

async function findKnown({ weddingId }: Viewer, arrivals: Arrival[], tx: Tx): Promise<Set<string>> {
	if (arrivals.length === 0) return new Set();
	const where = { weddingId, id: { in: arrivals.map(({ id }) => id) } };
	const found = await tx.arrival.findMany({ where, select: { id: true } });
	return new Set(found.map(({ id }) => id));
}
