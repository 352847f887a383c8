import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { makeSecret } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';

/** The secret of the viewer's own feed; null while there is none. */
export async function find(viewer: Viewer): Promise<string | null> {
	permit(viewer, 'feeds:have');
	const feed = await db.feed.findFirst({ where: ownBy(viewer), select: { secret: true } });
	return feed?.secret ?? null;
}

/** A new address, in place of the one there was: whoever has that one hears nothing any more. */
export function renew(viewer: Viewer): Promise<void> {
	permit(viewer, 'feeds:have');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		await tx.feed.deleteMany({ where: ownBy(viewer) });
		await tx.feed.create({ data: { ...ownBy(viewer), secret: makeSecret() } });
	});
}

export async function stop(viewer: Viewer): Promise<void> {
	permit(viewer, 'feeds:have');
	await db.feed.deleteMany({ where: ownBy(viewer) });
}

/** Somebody's feed, and in which language they are written to. */
export type Feed = { viewer: Viewer; language: string };

/**
 * Lets in who has the secret, to hear as a guest does and no more, whoever they are. Throws 404, also when the guest, the
 * last of the household or the member was removed since.
 */
export async function open({ weddingId }: Viewer, secret: string): Promise<Feed> {
	if (!/^[\w-]{43}$/.test(secret)) throw new Problem(404, 'feed_unknown');
	const [found] = await rows<{ language: string; householdId: string | null }>(
		'feed-open',
		`SELECT coalesce(h.language, w.language) AS language, h.id AS "householdId"
		FROM feed f JOIN wedding w ON w.id = f.wedding_id
		LEFT JOIN guest g ON g.id = f.guest_id
		LEFT JOIN household h ON h.id = coalesce(f.household_id, g.household_id)
		WHERE f.secret = $1 AND f.wedding_id = $2 AND (
			EXISTS (SELECT FROM guest WHERE household_id = h.id) OR EXISTS (
				SELECT FROM member m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
				WHERE m.account_id = f.account_id AND m.wedding_id = f.wedding_id
			)
		)`,
		[secret, weddingId]
	);
	if (!found) throw new Problem(404, 'feed_unknown');
	const { language, householdId } = found;
	return { viewer: { role: 'guest', weddingId, householdId: householdId ?? undefined }, language };
}

/** A person's, or the whole household's where that came in by its card. */
function ownBy({ weddingId, accountId, guestId, householdId }: Viewer) {
	if (accountId) return { weddingId, accountId };
	if (guestId) return { weddingId, guestId };
	if (householdId) return { weddingId, householdId };
	throw new Problem(403, 'not_allowed');
}
