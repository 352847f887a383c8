import { rows, type Tx } from '../kernel/db/db.server.ts';
import type { News } from '../kernel/facts.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as returning from './returning.server.ts';

/**
 * Who is new on the list is asked by themselves: a new household to the events that are for everybody or for its
 * groups, one that joins a group to that group's events, and a new guest to whatever everybody else of the household is
 * asked to. Nobody's invitation is taken back here.
 */
export async function follow(viewer: Viewer, { households }: News['households.grew'], tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	const guestIds = households.flatMap((one) => one.guestIds);
	const ids = households.map(({ householdId }) => householdId);
	const known = await rows<{ id: string }>(
		'follow-known',
		`SELECT DISTINCT household_id AS id FROM guest WHERE household_id = ANY ($1::uuid[]) AND id <> ALL ($2::uuid[])`,
		[ids, guestIds],
		tx
	);
	const isKnown = new Set(known.map(({ id }) => id));
	const fresh = ids.filter((id) => !isKnown.has(id));
	if (fresh.length > 0) await askNew(viewer, fresh, tx);
	if (isKnown.size > 0 && guestIds.length > 0) await askWithOthers(viewer, [...isKnown], guestIds, tx);
	const joining = households.filter(
		({ householdId, tagIds }) => isKnown.has(householdId) && tagIds.length > 0
	);
	// those that join the same groups together: there are few groups
	for (const [, same] of Map.groupBy(joining, ({ tagIds }) => tagIds.toSorted().join()))
		await join(viewer, { households: same.map(({ householdId }) => householdId), tags: same[0]!.tagIds }, tx);
}

async function askNew({ weddingId }: Viewer, households: string[], tx: Tx): Promise<void> {
	await rows(
		'follow-new',
		`INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT e.id, g.id, e.wedding_id FROM event e JOIN guest g ON g.household_id = ANY ($2::uuid[])
		WHERE e.wedding_id = $1::uuid AND g.wedding_id = $1::uuid AND (e.asking = 'everybody' OR e.asking = 'tags' AND EXISTS (
			SELECT FROM event_tag t JOIN household_tag h USING (tag_id)
			WHERE t.event_id = e.id AND h.household_id = g.household_id
		)) ON CONFLICT DO NOTHING`,
		[weddingId, households],
		tx
	);
}

async function askWithOthers({ weddingId }: Viewer, households: string[], guestIds: string[], tx: Tx) {
	await rows(
		'follow-others',
		`INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT e.id, g.id, e.wedding_id FROM event e JOIN guest g ON g.id = ANY ($3::uuid[])
		WHERE e.wedding_id = $1::uuid AND g.wedding_id = $1::uuid AND g.household_id = ANY ($2::uuid[]) AND NOT EXISTS (
			SELECT FROM guest o WHERE o.household_id = g.household_id AND o.id <> ALL ($3::uuid[])
				AND NOT EXISTS (SELECT FROM invitation WHERE event_id = e.id AND guest_id = o.id)
		) ON CONFLICT DO NOTHING`,
		[weddingId, households, guestIds],
		tx
	);
}

type Joined = { households: string[]; tags: string[] };

/** Whoever joins a group is asked to what is for it; gives back who was not asked before, and to what. */
export async function join(viewer: Viewer, { households, tags }: Joined, tx: Tx) {
	permit(viewer, 'people:edit');
	const asked = await rows<{ event: string; guest: string }>(
		'follow-tags',
		`INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT DISTINCT e.id, g.id, e.wedding_id FROM event e JOIN event_tag t ON t.event_id = e.id
		JOIN guest g ON g.household_id = ANY ($2::uuid[])
		WHERE e.wedding_id = $1::uuid AND g.wedding_id = $1::uuid AND e.asking = 'tags' AND t.tag_id = ANY ($3::uuid[])
		ON CONFLICT DO NOTHING RETURNING event_id AS event, guest_id AS guest`,
		[viewer.weddingId, households, tags],
		tx
	);
	for (const [event, all] of Map.groupBy(asked, ({ event }) => event)) {
		const guests = all.map(({ guest }) => guest);
		await returning.check(viewer, event, guests, tx);
	}
	return asked;
}

/** An event for the one group is for the other from now on; who is asked to it stays as it is. */
export async function merge(viewer: Viewer, { id, into }: News['tag.merged'], tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const found = await tx.eventTag.findMany({ where: { weddingId, tagId: id } });
	const data = found.map(({ eventId }) => ({ weddingId, eventId, tagId: into }));
	await tx.eventTag.createMany({ data, skipDuplicates: true });
	await rows(
		'follow-merge',
		`UPDATE invitation_change SET tag_ids = array_replace(tag_ids, $2::uuid, $3::uuid)
		WHERE wedding_id = $1::uuid AND $2::uuid = ANY (tag_ids)`,
		[weddingId, id, into],
		tx
	);
}
