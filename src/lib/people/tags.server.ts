import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { announce } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { fold } from '../kernel/text/fold.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Tag } from './tag.ts';

/** All of the wedding, by name, with how many have them. */
export function list(viewer: Viewer, tx: Tx = db): Promise<Tag[]> {
	permit(viewer, 'people:read');
	return rows<Tag>(
		'tags-list',
		`SELECT t.id, t.name, count(DISTINCT h.household_id)::int AS households, count(g.id)::int AS guests
		FROM tag t LEFT JOIN household_tag h ON h.tag_id = t.id LEFT JOIN guest g ON g.household_id = h.household_id
		WHERE t.wedding_id = $1::uuid GROUP BY t.id ORDER BY fold(t.name), t.id`,
		[viewer.weddingId],
		tx
	);
}

type Given = { names: string[]; picked: string[] };

/**
 * Makes a household's tags these, and those of them that are new, for whoever holds the wedding. Gives back the ids
 * that the household did not have before. Throws 409 for one that is not there any more.
 */
export async function arrange(viewer: Viewer, householdId: string, given: Given, tx: Tx): Promise<string[]> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const all = await tx.tag.findMany({ where: { weddingId } });
	const known = new Map(all.map(({ id, name }) => [fold(name), id]));
	if (given.picked.some((id) => !all.some((tag) => tag.id === id))) throw new Problem(409, 'tag_gone');
	const wanted = new Set(given.picked);
	for (const name of given.names) {
		const id = known.get(fold(name)) ?? (await tx.tag.create({ data: { weddingId, name } })).id;
		known.set(fold(name), id);
		wanted.add(id);
	}
	const before = await tx.householdTag.findMany({ where: { weddingId, householdId } });
	const had = new Set(before.map(({ tagId }) => tagId));
	const added = [...wanted].filter((id) => !had.has(id));
	await tx.householdTag.deleteMany({ where: { weddingId, householdId, tagId: { notIn: [...wanted] } } });
	await tx.householdTag.createMany({ data: added.map((tagId) => ({ weddingId, householdId, tagId })) });
	return added;
}

type Wanted = { id: string; names: string[] };

/**
 * Makes the tags of many households these, and those of them that are new, for whoever holds the wedding. Gives back which
 * ids each household did not have before.
 */
export async function arrangeMany(viewer: Viewer, wanted: Wanted[], tx: Tx): Promise<Map<string, string[]>> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	if (wanted.length === 0) return new Map();
	const known = new Map(
		(await tx.tag.findMany({ where: { weddingId } })).map(({ id, name }) => [fold(name), id])
	);
	const names = new Map(wanted.flatMap((one) => one.names.map((name) => [fold(name), name] as const)));
	const data = [...names].flatMap(([key, name]) => (known.has(key) ? [] : [{ weddingId, name }]));
	for (const { id, name } of await tx.tag.createManyAndReturn({ data })) known.set(fold(name), id);
	const pairs = wanted.flatMap(({ id, names }) => names.map((name) => [id, known.get(fold(name))!] as const));
	const given = [wanted.map(({ id }) => id), pairs.map(([home]) => home), pairs.map(([, tag]) => tag)];
	await tx.$executeRaw`
		DELETE FROM household_tag t WHERE wedding_id = ${weddingId}::uuid AND household_id = ANY(${given[0]}::uuid[])
		AND NOT EXISTS (SELECT FROM unnest(${given[1]}::uuid[], ${given[2]}::uuid[]) AS w (home, tag)
			WHERE w.home = t.household_id AND w.tag = t.tag_id)`;
	const added = await tx.$queryRaw<{ home: string; tag: string }[]>`
		INSERT INTO household_tag (household_id, tag_id, wedding_id)
		SELECT h.id, w.tag, h.wedding_id FROM unnest(${given[1]}::uuid[], ${given[2]}::uuid[]) AS w (home, tag)
		JOIN household h ON h.id = w.home AND h.wedding_id = ${weddingId}::uuid
		ON CONFLICT DO NOTHING RETURNING household_id::text AS home, tag_id::text AS tag`;
	const joined = Map.groupBy(added, ({ home }) => home);
	return new Map([...joined].map(([home, all]) => [home, all.map(({ tag }) => tag)]));
}

/** Removes those that no household has and that were not there before, for whoever takes back what made them. */
export async function removeUnused(viewer: Viewer, names: string[], tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const where = { weddingId, name: { in: names }, households: { none: {} }, events: { none: {} } };
	await tx.tag.deleteMany({ where });
}

/** The tag of this name, a new one if there is none, for whoever holds the wedding. */
export async function findOrAdd(
	viewer: Viewer,
	name: string,
	tx: Tx
): Promise<{ id: string; name: string; isNew: boolean }> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const all = await tx.tag.findMany({ where: { weddingId } });
	const same = all.find((tag) => fold(tag.name) === fold(name));
	return { ...(same ?? (await tx.tag.create({ data: { weddingId, name } }))), isNew: !same };
}

/** Puts households into a group, for whoever holds the wedding; gives back those that were not in it. Throws 409. */
export async function give(viewer: Viewer, tagId: string, households: string[], tx: Tx): Promise<string[]> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	if (!(await tx.tag.count({ where: { id: tagId, weddingId } }))) throw new Problem(409, 'tag_gone');
	const given = await tx.$queryRaw<{ id: string }[]>`
		INSERT INTO household_tag (household_id, tag_id, wedding_id)
		SELECT id, ${tagId}::uuid, wedding_id FROM household
		WHERE id = ANY(${households}::uuid[]) AND wedding_id = ${weddingId}::uuid
		ON CONFLICT DO NOTHING RETURNING household_id::text AS id`;
	return given.map(({ id }) => id);
}

/** Takes households out of a group, for whoever holds the wedding; gives back those that were in it. */
export async function take(viewer: Viewer, tagId: string, households: string[], tx: Tx): Promise<string[]> {
	permit(viewer, 'people:edit');
	const taken = await tx.$queryRaw<{ id: string }[]>`
		DELETE FROM household_tag WHERE tag_id = ${tagId}::uuid AND wedding_id = ${viewer.weddingId}::uuid
		AND household_id = ANY(${households}::uuid[]) RETURNING household_id::text AS id`;
	return taken.map(({ id }) => id);
}

/** Throws 409 for a name that another one has. */
export async function rename(viewer: Viewer, id: string, name: string): Promise<void> {
	permit(viewer, 'people:edit');
	await transaction(async (tx) => {
		const { name: before } = await hold(viewer, id, tx);
		const all = await tx.tag.findMany({ where: { weddingId: viewer.weddingId, id: { not: id } } });
		const same = all.find((tag) => fold(tag.name) === fold(name));
		if (same) throw new Problem(409, 'tag_exists', { tag: same.name });
		await tx.tag.update({ where: { id, weddingId: viewer.weddingId }, data: { name } });
		await trail.record(viewer, 'tag.renamed', { id, before, name }, tx);
	});
}

/** Whoever and whatever has the one has the other afterwards, and the one is gone. */
export async function merge(viewer: Viewer, id: string, into: string): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	if (id === into) return;
	await transaction(async (tx) => {
		const { name } = await hold(viewer, id, tx);
		await hold(viewer, into, tx);
		const theirs = await tx.householdTag.findMany({ where: { weddingId, tagId: id } });
		const data = theirs.map(({ householdId }) => ({ weddingId, householdId, tagId: into }));
		await tx.householdTag.createMany({ data, skipDuplicates: true });
		await announce(viewer, 'tag.merged', { id, into }, tx);
		await tx.tag.delete({ where: { id, weddingId } });
		await trail.record(viewer, 'tag.merged', { id, name, into }, tx);
	});
}

/**
 * The households stay. Gives back what `restore` takes. Throws 409 when something is for this group alone: it would be
 * everybody's, or nobody's.
 */
export async function remove(viewer: Viewer, id: string): Promise<{ entryId: string; name: string }> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { name } = await hold(viewer, id, tx);
		await announce(viewer, 'tag.removed', { id }, tx);
		const theirs = await tx.householdTag.findMany({ where: { weddingId, tagId: id } });
		const households = theirs.map(({ householdId }) => householdId);
		await tx.tag.delete({ where: { id, weddingId } });
		return { name, entryId: await trail.record(viewer, 'tag.removed', { id, name, households }, tx) };
	});
}

/** The group as it was, with those of its households that are still there. Throws 404, and 409 when it is there. */
export async function restore(viewer: Viewer, entryId: string): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const where = { id: entryId, weddingId, action: 'tag.removed' };
		const entry = await tx.auditEntry.findFirst({ where });
		if (!entry) throw new Problem(404, 'tag_not_found');
		const { name, households = [] } = entry.data as { name: string; households?: string[] };
		const all = await tx.tag.findMany({ where: { weddingId } });
		const same = all.find((tag) => fold(tag.name) === fold(name));
		if (same) throw new Problem(409, 'tag_exists', { tag: same.name });
		const { id } = await tx.tag.create({ data: { id: entry.subjectId!, weddingId, name } });
		await give(viewer, id, households, tx);
		await trail.record(viewer, 'tag.restored', { id, name }, tx);
	});
}

async function hold({ weddingId }: Viewer, id: string, tx: Tx) {
	await weddings.hold(weddingId, tx);
	const tag = await tx.tag.findUnique({ where: { id, weddingId } });
	if (!tag) throw new Problem(404, 'tag_not_found');
	return tag;
}
