import * as trail from '../audit/trail.server.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import type { Words } from '../i18n/words.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { CardLine } from './card.schema.ts';

/** The couple's own words on every card, by language; nothing where they have not said any. */
export async function get(viewer: Viewer): Promise<Words> {
	permit(viewer, 'cards:print');
	const text = await db.cardText.findUnique({ where: { weddingId: viewer.weddingId } });
	return (text?.line ?? {}) as Words;
}

export function set(viewer: Viewer, { line }: CardLine): Promise<void> {
	permit(viewer, 'cards:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await tx.cardText.upsert({
			where: { weddingId },
			create: { weddingId, line },
			update: { line }
		});
		await trail.record(viewer, 'card.worded', { id: weddingId }, tx);
	});
}
