import * as trail from '../audit/trail.server.ts';
import { db, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as shownTo from '../people/shown-to.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { GiftList } from './gift.ts';
import type { GiftListDetails } from './gift.schema.ts';

/** As it is until the couple says something else. */
const USUAL: GiftList = {
	...{ intro: {}, takersShown: 'taken', version: 0 },
	...{ isHidden: false, visibleOn: null, onlyFor: [] }
};

export async function get(viewer: Viewer, tx: Tx = db): Promise<GiftList> {
	permit(viewer, 'gifts:see');
	const where = { weddingId: viewer.weddingId };
	return ((await tx.giftList.findUnique({ where, omit: { weddingId: true } })) as GiftList | null) ?? USUAL;
}

/** Throws 409 when it is not any more what it was in that version. */
export function set(viewer: Viewer, details: GiftListDetails): Promise<void> {
	permit(viewer, 'gifts:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const before = await get(viewer, tx);
		if (before.version !== details.version) throw new Problem(409, 'gift_changed');
		const data = { ...(await shownTo.check(viewer, details, tx)), version: details.version + 1 };
		await tx.giftList.upsert({ where: { weddingId }, create: { ...data, weddingId }, update: data });
		await trail.record(viewer, 'gift_list.edited', { id: weddingId }, tx);
	});
}
