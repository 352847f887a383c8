import * as trail from '../audit/trail.server.ts';
import { rows, transaction } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { type Look, parseLook, readLook } from './look.ts';

/** Of a wedding whose row is not at hand; what everybody sees who has a mail, a card or its address. */
export const find = together(async (weddingIds: string[]): Promise<Look[]> => {
	const found = await rows<{ weddingId: string; theme: string; accent: string | null }>(
		'look-find',
		'SELECT wedding_id AS "weddingId", theme, accent FROM look WHERE wedding_id = ANY($1::uuid[])',
		[[...new Set(weddingIds)]]
	);
	const byWedding = new Map(found.map(({ weddingId, ...look }) => [weddingId, readLook(look)]));
	return weddingIds.map((id) => byWedding.get(id) ?? readLook(null));
});

export function set(viewer: Viewer, { theme, accent }: Look): Promise<void> {
	permit(viewer, 'looks:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await tx.look.upsert({
			...{ where: { weddingId }, create: { weddingId, theme, accent }, update: { theme, accent } }
		});
		await trail.record(viewer, 'look.chosen', { id: weddingId, theme, accent }, tx);
	});
}

/** What whoever may choose a look only tries: `?look=deco-8a6a1f`. */
export function tryOn(url: URL, viewer: Viewer): Look | null {
	return may(viewer, 'looks:edit') ? parseLook(url.searchParams.get('look')) : null;
}
