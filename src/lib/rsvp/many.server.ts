import * as trail from '../audit/trail.server.ts';
import { transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as languages from '../people/languages.server.ts';
import * as tags from '../people/tags.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as events from './events.server.ts';
import * as following from './following.server.ts';
import { filter, matcher, readWanted } from './lines.ts';
import * as lines from './lines.server.ts';
import type { Act, Done } from './many.ts';
import type { Many } from './many.schema.ts';
import * as offers from './offers.server.ts';
import * as returning from './returning.server.ts';

/** What was done, as the audit keeps it: to whom, and which language they had before. */
type Entry = {
	act: Act;
	event: string | null;
	tag: string | null;
	/** the name of a group that was made for this */
	made?: string;
	guests: string[];
	households: languages.Spoken[];
	/** who was asked to what because of the group that they joined */
	asked: { event: string; guest: string }[];
};

const OPPOSITE: Record<Act, Act> = {
	...{ invite: 'uninvite', uninvite: 'invite', tag: 'untag', untag: 'tag' },
	...{ language: 'language', called: 'uncalled', uncalled: 'called' }
};

/** To those that are ticked, or to all that the table of this address shows. Throws 409 where that is nobody. */
export async function change(viewer: Viewer, many: Many, address: URLSearchParams): Promise<Done> {
	permit(viewer, 'answers:edit');
	const { weddingId } = viewer;
	const { act, event = null, language = '', newTag } = many;
	const chosen = many.all ? await findShown(viewer, many.q, address) : Object.keys(many.guests);
	if (chosen.length === 0) throw new Problem(409, 'many_nobody');
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const found = await tx.guest.findMany({ where: { weddingId, id: { in: chosen } } });
		const named = act === 'tag' && newTag ? await tags.findOrAdd(viewer, newTag, tx) : undefined;
		const tag = named?.id ?? many.tag ?? null;
		const guests = found.map(({ id }) => id);
		const homes = [...new Set(found.map(({ householdId }) => householdId))];
		const households = homes.map((id) => ({ id, language }));
		const changed = await apply(viewer, { act, event, tag, guests, households, asked: [] }, tx);
		if (named?.isNew) changed.made = named.name;
		if (act === 'tag' && tag) {
			const joined = { households: changed.households.map(({ id }) => id), tags: [tag] };
			changed.asked = await following.join(viewer, joined, tx);
		}
		const entryId = await trail.record(viewer, 'guests.changed', changed, tx);
		return { act, count: changed.guests.length + changed.households.length, entryId };
	});
}

/** What `change` did, taken back for those who are still there. Throws 409 when that is done already, or long ago. */
export async function undo(viewer: Viewer, entryId: string): Promise<void> {
	permit(viewer, 'answers:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const entry = await tx.auditEntry.findFirst({
			where: { id: entryId, weddingId, action: 'guests.changed' }
		});
		const restored = { weddingId, action: 'guests.restored', subjectId: entryId };
		const isUndone = (await tx.auditEntry.count({ where: restored })) > 0;
		const done = entry?.data as Entry | undefined;
		if (!done?.act || isUndone) throw new Problem(409, 'many_undone');
		await apply(viewer, { ...done, act: OPPOSITE[done.act] }, tx);
		for (const [event, asked] of Map.groupBy(done.asked ?? [], ({ event }) => event)) {
			const guests = asked.map(({ guest }) => guest);
			await ask(viewer, { act: 'uninvite', event, guests }, tx);
		}
		if (done.made) await tags.removeUnused(viewer, [done.made], tx);
		await trail.record(viewer, 'guests.restored', { id: entryId }, tx);
	});
}

async function findShown(viewer: Viewer, words: string, address: URLSearchParams): Promise<string[]> {
	const eventIds = (await events.list(viewer)).map(({ id }) => id);
	const found = filter(await lines.list(viewer, eventIds), readWanted(address), eventIds);
	const isShown = matcher(found)(words);
	return found.filter((_, n) => isShown[n]).map(({ id }) => id);
}

/** Gives back of whom something has changed: the others had it so before, and keep it when this is undone. */
async function apply(viewer: Viewer, entry: Entry, tx: Tx): Promise<Entry> {
	const { act, event, tag } = entry;
	if (act === 'language')
		return { ...entry, guests: [], households: await languages.set(viewer, entry.households, tx) };
	if (act === 'invite' || act === 'uninvite') {
		if (!event) throw new Problem(404, 'event_not_found');
		// throws where it is another wedding's, or gone
		await events.get(viewer, event, tx);
		return { ...entry, guests: await ask(viewer, { act, event, guests: entry.guests }, tx), households: [] };
	}
	if (act === 'tag' || act === 'untag') {
		if (!tag) throw new Problem(409, 'tag_gone');
		const ids = entry.households.map(({ id }) => id);
		const changed = await (act === 'tag' ? tags.give : tags.take)(viewer, tag, ids, tx);
		return { ...entry, guests: [], households: changed.map((id) => ({ id, language: '' })) };
	}
	return { ...entry, guests: [], households: await call(viewer, entry, tx) };
}

type Asking = { act: 'invite' | 'uninvite'; event: string; guests: string[] };

async function ask(viewer: Viewer, { act, event, guests }: Asking, tx: Tx): Promise<string[]> {
	const { weddingId } = viewer;
	const changed =
		act === 'invite'
			? await tx.$queryRaw<{ id: string }[]>`
				INSERT INTO invitation (event_id, guest_id, wedding_id)
				SELECT ${event}::uuid, id, wedding_id FROM guest
				WHERE id = ANY(${guests}::uuid[]) AND wedding_id = ${weddingId}::uuid
				ON CONFLICT DO NOTHING RETURNING guest_id::text AS id`
			: await tx.$queryRaw<{ id: string }[]>`
				DELETE FROM invitation WHERE event_id = ${event}::uuid AND wedding_id = ${weddingId}::uuid
				AND guest_id = ANY(${guests}::uuid[]) RETURNING guest_id::text AS id`;
	const ids = changed.map(({ id }) => id);
	if (act === 'invite') await returning.check(viewer, event, ids, tx);
	// whoever is not asked any more frees a place
	if (ids.length > 0) await offers.settle(weddingId, event, tx);
	return ids;
}

async function call({ weddingId }: Viewer, { act, households }: Entry, tx: Tx): Promise<languages.Spoken[]> {
	const ids = households.map(({ id }) => id);
	return act === 'called'
		? tx.$queryRaw`
			INSERT INTO rsvp AS r (household_id, wedding_id, called_at)
			SELECT id, wedding_id, now() FROM household
			WHERE id = ANY(${ids}::uuid[]) AND wedding_id = ${weddingId}::uuid
			ON CONFLICT (household_id) DO UPDATE SET called_at = now() WHERE r.called_at IS NULL
			RETURNING household_id::text AS id, '' AS language`
		: tx.$queryRaw`
			UPDATE rsvp SET called_at = NULL WHERE wedding_id = ${weddingId}::uuid
			AND household_id = ANY(${ids}::uuid[]) AND called_at IS NOT NULL
			RETURNING household_id::text AS id, '' AS language`;
}
