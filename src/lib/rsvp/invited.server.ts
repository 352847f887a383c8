import * as trail from '../audit/trail.server.ts';
import { sortByName } from '../i18n/order.ts';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Asking } from './event.schema.ts';
import type { AskedHousehold, Change, Rule } from './invited.ts';
import * as offers from './offers.server.ts';
import * as returning from './returning.server.ts';

/** Every household, with how many of its guests are asked to this event. */
export async function list(viewer: Viewer, eventId: string): Promise<AskedHousehold[]> {
	permit(viewer, 'events:list');
	const found = await rows<AskedHousehold>(
		'households-asked',
		`SELECT h.id, h.name, count(*)::int AS guests, count(i.guest_id)::int AS asked,
			ARRAY(SELECT tag_id::text FROM household_tag WHERE household_id = h.id) AS tags
		FROM household h JOIN guest g ON g.household_id = h.id
		LEFT JOIN invitation i ON i.guest_id = g.id AND i.event_id = $2::uuid
		WHERE h.wedding_id = $1::uuid GROUP BY h.id ORDER BY h.name, h.id`,
		[viewer.weddingId, eventId]
	);
	return sortByName(found, ({ name }) => name);
}

/** Who is asked by themselves, and the last change of many at once, if it can be taken back. Throws 404. */
export async function look(viewer: Viewer, id: string): Promise<{ rule: Rule; change: Change | null }> {
	permit(viewer, 'events:list');
	const where = { id, weddingId: viewer.weddingId };
	const event = await db.event.findUnique({ where, include: { tags: true, change: true } });
	if (!event) throw new Problem(404, 'event_not_found');
	const { change, asking, tags } = event;
	return {
		rule: { asking, tags: tags.map(({ tagId }) => tagId) },
		change: change && { id: change.id, added: change.added.length, removed: change.removed.length }
	};
}

/** Asks exactly these, whoever was asked before; who joins them later is asked by themselves. */
export async function ask(viewer: Viewer, eventId: string, { asked, tags }: Asking): Promise<void> {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	await change(viewer, eventId, async (tx) => {
		const own = await tx.tag.findMany({ where: { weddingId, id: { in: tags } } });
		if (own.length < tags.length) throw new Problem(409, 'tag_gone');
		const tagIds = asked === 'tags' ? tags : [];
		await setRule(viewer, eventId, { asking: asked === 'nobody' ? 'chosen' : asked, tags: tagIds }, tx);
		const inTags = { household: { tags: { some: { tagId: { in: tagIds } } } } };
		if (asked !== 'everybody')
			await tx.invitation.deleteMany({ where: { eventId, weddingId, guest: { NOT: inTags } } });
		if (asked === 'nobody') return;
		const guests = await tx.guest.findMany({ where: { weddingId, ...(asked === 'tags' && inTags) } });
		await invite(viewer, eventId, guests, tx);
	});
}

type Selected = { households: string[]; isAsked: boolean };

/** Whole households at once; ids that are not of this wedding count for nothing. */
export async function select(viewer: Viewer, eventId: string, { households, isAsked }: Selected) {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	await change(viewer, eventId, async (tx) => {
		const guest = { weddingId, householdId: { in: households } };
		if (isAsked) await invite(viewer, eventId, await tx.guest.findMany({ where: guest }), tx);
		else await tx.invitation.deleteMany({ where: { eventId, weddingId, guest } });
	});
}

/**
 * Takes back the last of the above, once. Throws 409 when there was another since, or when somebody has changed one of
 * the same guests' invitations in another way.
 */
export async function undo(viewer: Viewer, eventId: string, changeId: string): Promise<void> {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const last = await tx.invitationChange.findUnique({ where: { eventId, weddingId } });
		if (last?.id !== changeId) throw new Problem(409, 'invited_since');
		const { added, removed, asking, tagIds } = last;
		const isAsked = await askedNow(viewer, eventId, tx);
		// who was taken off the list since has nothing to take back
		const present = await tx.guest.findMany({ where: { weddingId, id: { in: [...added, ...removed] } } });
		const were = new Set(added);
		if (present.some(({ id }) => isAsked.has(id) !== were.has(id))) throw new Problem(409, 'invited_since');
		await tx.invitation.deleteMany({ where: { eventId, weddingId, guestId: { in: added } } });
		const back = present.filter(({ id }) => !were.has(id));
		await invite(viewer, eventId, back, tx);
		const tags = await tx.tag.findMany({ where: { weddingId, id: { in: tagIds } } });
		await setRule(viewer, eventId, { asking, tags: tags.map(({ id }) => id) }, tx);
		await tx.invitationChange.delete({ where: { id: changeId, weddingId } });
		const ids = back.map(({ id }) => id);
		await returning.check(viewer, eventId, ids, tx);
		await offers.settle(weddingId, eventId, tx);
		await trail.record(viewer, 'event.asked.undone', { id: eventId }, tx);
	});
}

/** Keeps what `act` makes different, for whoever takes it back; where nothing is, what was kept before. */
async function change(viewer: Viewer, eventId: string, act: (tx: Tx) => Promise<unknown>): Promise<void> {
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const rule = await getRule(viewer, eventId, tx);
		const before = await askedNow(viewer, eventId, tx);
		await act(tx);
		const after = await askedNow(viewer, eventId, tx);
		const added = [...after.difference(before)];
		const removed = [...before.difference(after)];
		const isSame = JSON.stringify(rule) === JSON.stringify(await getRule(viewer, eventId, tx));
		// a page that is loaded again sends its form again
		if (isSame && added.length + removed.length === 0) return;
		await tx.invitationChange.deleteMany({ where: { eventId, weddingId } });
		const data = { eventId, weddingId, added, removed, asking: rule.asking, tagIds: rule.tags };
		await tx.invitationChange.create({ data });
		await returning.check(viewer, eventId, added, tx);
		await offers.settle(weddingId, eventId, tx);
		const counts = { added: added.length, removed: removed.length };
		await trail.record(viewer, 'event.asked', { id: eventId, ...counts }, tx);
	});
}

async function getRule({ weddingId }: Viewer, id: string, tx: Tx): Promise<Rule> {
	const include = { tags: { orderBy: { tagId: 'asc' as const } } };
	const event = await tx.event.findUnique({ where: { id, weddingId }, include });
	if (!event) throw new Problem(404, 'event_not_found');
	return { asking: event.asking, tags: event.tags.map(({ tagId }) => tagId) };
}

async function askedNow({ weddingId }: Viewer, eventId: string, tx: Tx): Promise<Set<string>> {
	const found = await tx.invitation.findMany({ where: { eventId, weddingId }, select: { guestId: true } });
	return new Set(found.map(({ guestId }) => guestId));
}

async function invite({ weddingId }: Viewer, eventId: string, guests: { id: string }[], tx: Tx) {
	const data = guests.map(({ id: guestId }) => ({ eventId, guestId, weddingId }));
	await tx.invitation.createMany({ data, skipDuplicates: true });
}

async function setRule({ weddingId }: Viewer, eventId: string, { asking, tags }: Rule, tx: Tx) {
	await tx.event.update({ where: { id: eventId, weddingId }, data: { asking } });
	await tx.eventTag.deleteMany({ where: { eventId, weddingId } });
	await tx.eventTag.createMany({ data: tags.map((tagId) => ({ eventId, tagId, weddingId })) });
}

/** Everybody who is on the list, in the transaction of whoever makes the event. */
export async function askEverybody(viewer: Viewer, eventId: string, tx: Tx): Promise<void> {
	permit(viewer, 'events:edit');
	await setRule(viewer, eventId, { asking: 'everybody', tags: [] }, tx);
	await invite(viewer, eventId, await tx.guest.findMany({ where: { weddingId: viewer.weddingId } }), tx);
}
