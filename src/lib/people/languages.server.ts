import { db, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';

export type Spoken = { id: string; language: string };

/** In which the couple writes: the wedding's own, and those of its households. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<string[]> {
	permit(viewer, 'people:read');
	const { weddingId } = viewer;
	const { language } = await weddings.get(viewer, tx);
	const spoken = await tx.household.groupBy({ by: 'language', where: { weddingId } });
	return [...new Set([language, ...spoken.map((one) => one.language)])];
}

/** Gives back what the language of those was that have changed. */
export async function set(viewer: Viewer, households: Spoken[], tx: Tx): Promise<Spoken[]> {
	permit(viewer, 'people:edit');
	const [ids, languages] = [households.map(({ id }) => id), households.map(({ language }) => language)];
	return tx.$queryRaw<Spoken[]>`
		UPDATE household h SET language = given.language
		FROM unnest(${ids}::uuid[], ${languages}::text[]) AS given (id, language), household before
		WHERE h.id = given.id AND before.id = h.id AND h.wedding_id = ${viewer.weddingId}::uuid
			AND h.language <> given.language
		RETURNING h.id::text, before.language`;
}
