import * as trail from '../audit/trail.server.ts';
import { now, rows, transaction } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** How many have their card since now, and had none before; they are known by the moment `at`. */
export type Given = { given: number; at: Date };
/** How many have none any more. */
export type Taken = { taken: number };

/** Ids that are not of this wedding count for nothing, and neither do those who have theirs. */
export function give(viewer: Viewer, ids: string[]): Promise<Given> {
	permit(viewer, 'people:edit');
	return transaction(async (tx) => {
		const at = await now(tx);
		const given = await rows<{ id: string }>(
			'cards-give',
			`UPDATE household SET card_given_at = $3::timestamptz
			WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[]) AND card_given_at IS NULL RETURNING id::text`,
			[viewer.weddingId, ids, at],
			tx
		);
		const households = given.map(({ id }) => id);
		if (households.length > 0) await trail.record(viewer, 'card.given', { id: null, households }, tx);
		return { given: households.length, at };
	});
}

/** As if this household had none yet. */
export function take(viewer: Viewer, id: string): Promise<Taken> {
	permit(viewer, 'people:edit');
	return transaction(async (tx) => {
		const where = { id, weddingId: viewer.weddingId, cardGivenAt: { not: null } };
		const { count } = await tx.household.updateMany({ where, data: { cardGivenAt: null } });
		if (count > 0) await trail.record(viewer, 'card.taken', { id }, tx);
		return { taken: count };
	});
}

/** Undoes what one `give` did, to those who have not got a new code since then. */
export function undo(viewer: Viewer, at: Date): Promise<Taken> {
	permit(viewer, 'people:edit');
	return transaction(async (tx) => {
		const where = { weddingId: viewer.weddingId, cardGivenAt: at };
		const { count } = await tx.household.updateMany({ where, data: { cardGivenAt: null } });
		if (count > 0) await trail.record(viewer, 'card.taken', { id: null, count }, tx);
		return { taken: count };
	});
}
