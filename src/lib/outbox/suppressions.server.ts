import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import type { Category, Reason } from './suppression.ts';

/** Why mail does not go to an address: mail of this category, or of none. Nothing where it does. */
export type Lookup = (address: string, category?: Category) => Reason | undefined;

type Row = { address: string; reason: Reason; category: Category | 'all' };
type Added = { address: string; reason: Reason; categories: readonly Row['category'][]; at?: Date };

/** Of a whole wedding, for one question or for thousands. */
export async function find(weddingId: string, tx: Tx = db): Promise<Lookup> {
	const found = await rows<Row>(
		'suppressions',
		`SELECT address, reason, category FROM suppression
		WHERE wedding_id = $1::uuid AND lifted_at IS NULL ORDER BY reason`,
		[weddingId],
		tx
	);
	// of two reasons the graver one, which comes last
	const reasons = new Map(found.map(({ address, category, reason }) => [`${category} ${address}`, reason]));
	return (address, category) => {
		const folded = address.toLowerCase();
		return reasons.get(`all ${folded}`) ?? reasons.get(`${category} ${folded}`);
	};
}

/** From now on none goes there. What was lifted after `at`, when the news was fresh, stays lifted: it is old news. */
export async function add(weddingId: string, added: Added, tx: Tx = db): Promise<void> {
	const { address, reason, categories, at } = added;
	await rows(
		'suppression-add',
		`INSERT INTO suppression AS known (wedding_id, address, reason, category)
		SELECT $1::uuid, $2, $3::suppression_reason, category FROM unnest($4::mail_category[]) AS category
		ON CONFLICT (wedding_id, address, reason, category) DO UPDATE SET lifted_at = NULL, created_at = excluded.created_at
		WHERE known.lifted_at < coalesce($5::timestamptz, now())`,
		[weddingId, address.toLowerCase(), reason, categories, at ?? null],
		tx
	);
}

/** It goes there again, as far as this reason is concerned. */
export async function lift(
	weddingId: string,
	{ address, reason, categories }: Omit<Added, 'at'>,
	tx: Tx = db
): Promise<void> {
	await rows(
		'suppression-lift',
		`UPDATE suppression SET lifted_at = date_trunc('milliseconds', now())
		WHERE wedding_id = $1::uuid AND address = $2 AND reason = $3::suppression_reason
			AND category = ANY($4::mail_category[]) AND lifted_at IS NULL`,
		[weddingId, address.toLowerCase(), reason, categories],
		tx
	);
}
