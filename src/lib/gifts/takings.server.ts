import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { IS_SHOWN, reader } from '../people/shown-to.server.ts';
import * as attached from '../pictures/attached.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as giftList from './gift-list.server.ts';
import type { ListedGift, TakersShown } from './gift.ts';
import * as gifts from './gifts.server.ts';

/*
 * Who brings what. None of it stands in the audit: that tells the couple who did what, and they may have wanted to be
 * surprised.
 */

/** Of how many a household brings, more or fewer than it did; `promised` is what its page said that the couple sees. */
type Taking = { id: string; count: number; promised: TakersShown };

/** A household says that it brings so many of these. Throws 409 when others were quicker. */
export async function take(viewer: Viewer, { id, count, promised }: Taking): Promise<void> {
	permit(viewer, 'gifts:take');
	const { weddingId, householdId, guestId = null } = viewer;
	if (!householdId) throw new Problem(403, 'not_allowed');
	await transaction(async (tx) => {
		// one at a time: two would both find that there is one left
		await weddings.hold(weddingId, tx);
		const gift = await find(viewer, id, tx);
		if (!gift) throw new Problem(409, 'gift_gone');
		if (gift.taken + count > gift.wanted)
			throw new Problem(409, gift.taken < gift.wanted ? 'gift_fewer' : 'gift_taken');
		await rows(
			'gift-take',
			// the couple may have chosen to see more since: what was promised stays; and of two promises the smaller one
			`INSERT INTO gift_taking (gift_id, household_id, wedding_id, guest_id, count, promised)
			VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, LEAST($6::takers_shown, $7::takers_shown))
			ON CONFLICT (gift_id, household_id) DO UPDATE SET count = excluded.count`,
			[id, householdId, weddingId, guestId, count, promised, (await giftList.get(viewer, tx)).takersShown],
			tx
		);
	});
}

/** One that a household is shown, and how many the others bring. */
async function find(
	viewer: Viewer,
	id: string,
	tx: Tx
): Promise<{ wanted: number; taken: number } | undefined> {
	const list = await rows(
		'gift-list-shown',
		`SELECT 1 FROM gift_list WHERE wedding_id = $1::uuid AND NOT ${IS_SHOWN}`,
		reader(viewer),
		tx
	);
	if (list.length > 0) return undefined;
	const [gift] = await rows<{ wanted: number; taken: number }>(
		'gift-to-take',
		`SELECT wanted, (
			SELECT coalesce(sum(count), 0)::int FROM gift_taking WHERE gift_id = gift.id AND household_id <> $3::uuid
		) AS taken
		FROM gift WHERE wedding_id = $1::uuid AND id = $4::uuid AND kind = 'thing' AND removed_at IS NULL AND ${IS_SHOWN}`,
		[...reader(viewer), id],
		tx
	);
	return gift;
}

/** A household does not bring it after all; nothing happens where it did not. */
export async function giveBack(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'gifts:take');
	const { weddingId, householdId } = viewer;
	if (!householdId) throw new Problem(403, 'not_allowed');
	await db.giftTaking.deleteMany({ where: { giftId: id, householdId, weddingId } });
}

/** The couple's list, with what they may know of who brings what: never more than whoever brings it was told. */
export async function list(viewer: Viewer): Promise<ListedGift[]> {
	permit(viewer, 'gifts:edit');
	const [all, { takersShown }] = [await gifts.list(viewer), await giftList.get(viewer)];
	const ids = all.map(({ id }) => id);
	const pictures = await attached.list(viewer, 'gift', ids);
	const known = await rows<{ giftId: string; count: number; name: string | null }>(
		'gift-takers',
		`SELECT t.gift_id AS "giftId", t.count, CASE WHEN LEAST(t.promised, $2::takers_shown) = 'takers' THEN h.name END AS name
		FROM gift_taking t JOIN household h ON h.id = t.household_id
		WHERE t.wedding_id = $1::uuid AND LEAST(t.promised, $2::takers_shown) >= 'taken'
		ORDER BY fold(h.name), h.id`,
		[viewer.weddingId, takersShown]
	);
	return all.map((gift) => {
		const own = known.filter(({ giftId }) => giftId === gift.id);
		return {
			...gift,
			taken: own.reduce((sum, { count }) => sum + count, 0),
			takers: own.flatMap(({ name, count }) => (name === null ? [] : { name, count })),
			picture: pictures.get(gift.id)?.[0] ?? null
		};
	});
}
