import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { canSeal, seal, unseal } from '../kernel/db/sealed.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { announce } from '../live/announce.server.ts';

/** Where a guest's diet is sealed, for the seal. */
export const dietOf = (guestId: string) => `diet.sealed:${guestId}`;

/** What these guests eat or must not eat, by their ids; of null everybody's. Who has not said is not in it. */
export async function list(
	viewer: Viewer,
	guestIds: string[] | null,
	tx: Tx = db
): Promise<Map<string, string>> {
	permit(viewer, 'answers:read');
	if (!canSeal()) return new Map();
	const found = await rows<{ guestId: string; sealed: Uint8Array }>(
		'diets',
		`SELECT guest_id AS "guestId", sealed FROM diet
		WHERE wedding_id = $1::uuid AND ($2::uuid[] IS NULL OR guest_id = ANY ($2::uuid[]))`,
		[viewer.weddingId, guestIds],
		tx
	);
	return new Map(found.map(({ guestId, sealed }) => [guestId, unseal(sealed, dietOf(guestId))]));
}

/** Says it for many at once; an empty text takes it back. */
export async function change(
	viewer: Viewer,
	diets: [guestId: string, text: string][],
	tx: Tx
): Promise<void> {
	permit(viewer, 'answers:edit');
	if (diets.length === 0) return;
	const { weddingId } = viewer;
	await tx.diet.deleteMany({ where: { weddingId, guestId: { in: diets.map(([guestId]) => guestId) } } });
	const said = diets.filter(([, text]) => text);
	await tx.diet.createMany({
		data: said.map(([guestId, text]) => ({ guestId, weddingId, sealed: seal(text, dietOf(guestId)) }))
	});
	await announce(weddingId, 'answers', tx);
}
