import type { Tx } from '../kernel/db/db.server.ts';
import type { News } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Shown } from './shown.ts';

/**
 * Whether guests have something today. It stands where its columns can be named without their table, and in a query
 * that says whose they are: the wedding, whether all of it is seen, and the household.
 */
const isShownTo = (wedding: string, isAll: string, household: string) => `(NOT is_hidden
	AND coalesce(visible_on <= (SELECT (now() AT TIME ZONE time_zone)::date FROM wedding WHERE id = ${wedding}), true)
	AND (${isAll} OR only_for = '{}' OR EXISTS (
		SELECT FROM household_tag WHERE household_id = ${household} AND tag_id = ANY (only_for)
	)))`;

/** In a query for one, whose first values are those of `reader`. */
export const IS_SHOWN = isShownTo('$1::uuid', '$2', '$3::uuid');

/** The wedding; whether it is the couple who looks, at what is for some groups only too; and the household. */
export const reader = ({ weddingId, role, householdId }: Viewer) => [
	weddingId,
	role !== 'guest',
	householdId ?? null
];

/** In a query for many at once, FROM `READERS`, whose first values are those of `readers`. */
export const IS_SHOWN_TO_READER = isShownTo('asked.wedding', 'asked.is_all', 'asked.household');

export const READERS =
	'unnest($1::uuid[], $2::bool[], $3::uuid[]) WITH ORDINALITY AS asked (wedding, is_all, household, place)';

/** The same of each, a column after the other. */
export const readers = (viewers: Viewer[]) =>
	[0, 1, 2].map((column) => viewers.map((viewer) => reader(viewer)[column]));

/** Throws 409 for a group that is not there any more: else whoever should have it would not. */
export async function check<Details extends Shown>({ weddingId }: Viewer, details: Details, tx: Tx) {
	const found = await tx.tag.count({ where: { weddingId, id: { in: details.onlyFor } } });
	if (found < details.onlyFor.length) throw new Problem(409, 'tag_gone');
	return details;
}

type Has = { weddingId: string; onlyFor: { has: string } | { equals: string[] } };

/** As Prisma has a table whose rows can be for some groups only. */
type Table = {
	count(asked: { where: Has }): Promise<number>;
	findMany(asked: { where: Has }): Promise<{ onlyFor: string[] }[]>;
	updateMany(asked: { where: Has; data: { onlyFor: string[] } }): Promise<unknown>;
};

/**
 * What is for a group that goes would be nobody's, or all guests': the couple says which first. What is for one that
 * becomes part of another is for that from now on. `counted` says which rows are on a page at all.
 */
export const followGroups = (tableIn: (tx: Tx) => unknown, counted: object = {}) => {
	const table = (tx: Tx) => tableIn(tx) as Table;
	return {
		async refuse(viewer: Viewer, { id }: News['tag.removed'], tx: Tx): Promise<void> {
			permit(viewer, 'people:edit');
			const count = await table(tx).count({
				where: { ...counted, weddingId: viewer.weddingId, onlyFor: { has: id } }
			});
			if (count > 0) throw new Problem(409, 'tag_read', { count });
		},
		async merge(viewer: Viewer, { id, into }: News['tag.merged'], tx: Tx): Promise<void> {
			permit(viewer, 'people:edit');
			const { weddingId } = viewer;
			const found = await table(tx).findMany({ where: { weddingId, onlyFor: { has: id } } });
			for (const { onlyFor: before } of found) {
				const onlyFor = [...new Set(before.map((tag) => (tag === id ? into : tag)))];
				const where = { weddingId, onlyFor: { equals: before } };
				await table(tx).updateMany({ where, data: { onlyFor } });
			}
		}
	};
};
