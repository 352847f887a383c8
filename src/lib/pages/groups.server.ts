import { rows, type Tx } from '../kernel/db/db.server.ts';
import type { News } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Something for a group that goes would be nobody's, or all guests': the couple says which. Throws 409. */
export async function refuse(viewer: Viewer, { id }: News['tag.removed'], tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const count = await tx.block.count({ where: { weddingId, onlyFor: { has: id } } });
	if (count > 0) throw new Problem(409, 'tag_read', { count });
}

/** What is for the one group is for the other from now on. */
export async function merge(viewer: Viewer, { id, into }: News['tag.merged'], tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	await rows(
		'pages-merge-tags',
		`UPDATE block SET only_for = array_append(array_remove(array_remove(only_for, $2::uuid), $3::uuid), $3::uuid)
		WHERE wedding_id = $1::uuid AND $2::uuid = ANY (only_for)`,
		[viewer.weddingId, id, into],
		tx
	);
}
