import { readIn } from '../i18n/words.ts';
import { rows } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import { drawCode } from '../kernel/media/code.ts';
import { render } from '../kernel/text/markdown.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { IS_SHOWN, IS_SHOWN_TO_READER, reader, READERS, readers } from '../people/shown-to.server.ts';
import * as attached from '../pictures/attached.server.ts';
import { writeTransfer } from './epc.ts';
import type { Account, Gift, ShownGift, TakersShown } from './gift.ts';
import { sayPrice } from './price.ts';

const IS_OPEN = `NOT EXISTS (SELECT FROM gift_list WHERE wedding_id = $1::uuid AND NOT ${IS_SHOWN})`;

/** Whether there is anything on the list for whoever looks, or that they bring. */
export async function isThere(viewer: Viewer): Promise<boolean> {
	permit(viewer, 'gifts:see');
	return areThere(viewer);
}

/** Each of the guests' pages asks it, for the link to the list. */
const areThere = together(async (viewers: Viewer[]): Promise<boolean[]> => {
	const found = await rows<{ isThere: boolean }>(
		'gifts-there',
		`SELECT EXISTS (SELECT FROM gift_taking WHERE wedding_id = wedding AND household_id = household) OR (
			EXISTS (SELECT FROM gift WHERE wedding_id = wedding AND removed_at IS NULL AND ${IS_SHOWN_TO_READER})
			AND NOT EXISTS (SELECT FROM gift_list WHERE wedding_id = wedding AND NOT ${IS_SHOWN_TO_READER})
		) AS "isThere" FROM ${READERS} ORDER BY place`,
		readers(viewers)
	);
	return found.map(({ isThere }) => isThere);
});

/** Whether they have this one, on the list or because they bring it. */
export async function isShown(viewer: Viewer, id: string): Promise<boolean> {
	permit(viewer, 'gifts:see');
	const text = `SELECT 1 FROM gift WHERE wedding_id = $1::uuid AND id = $4::uuid AND (
		removed_at IS NULL AND ${IS_SHOWN} AND ${IS_OPEN}
		OR EXISTS (SELECT FROM gift_taking WHERE gift_id = gift.id AND household_id = $3::uuid))`;
	return (await rows('gift-shown', text, [...reader(viewer), id])).length > 0;
}

type Found = Omit<Gift, 'version' | 'isHidden' | 'visibleOn' | 'onlyFor'> & {
	taken: number;
	own: number;
	promised: TakersShown | null;
	isGone: boolean;
};

/**
 * What a household has today, and what it brings even if that is off the list by now. That others bring something is
 * never said with a name; the couple, who look at the guests' page, are told no more than they chose to know.
 */
export async function list(viewer: Viewer, language: string): Promise<ShownGift[]> {
	permit(viewer, 'gifts:see');
	const found = await rows<Found>(
		'gifts-shown',
		`SELECT * FROM (
			SELECT id, kind, title, text, link, price, currency, wanted, holder, iban, bic, reference, position, (
				SELECT coalesce(sum(t.count), 0)::int FROM gift_taking t WHERE t.gift_id = gift.id AND (NOT $2 OR LEAST(t.promised,
					coalesce((SELECT takers_shown FROM gift_list WHERE wedding_id = $1::uuid), 'taken')) >= 'taken')
			) AS taken, coalesce(own.count, 0) AS own, own.promised,
			removed_at IS NOT NULL OR NOT ${IS_SHOWN} OR NOT ${IS_OPEN} AS "isGone"
			FROM gift LEFT JOIN gift_taking own ON own.gift_id = gift.id AND own.household_id = $3::uuid
			WHERE gift.wedding_id = $1::uuid
		) AS gifts WHERE own > 0 OR NOT "isGone" ORDER BY "isGone", position, id`,
		reader(viewer)
	);
	const pictures = await attached.list(
		viewer,
		'gift',
		found.map(({ id }) => id)
	);
	return found.map(({ title, text, price, ...gift }) => ({
		...gift,
		title: readIn(title, language),
		html: render(readIn(text, language), 3),
		price: sayPrice(price, gift.currency, language),
		picture: pictures.get(gift.id)?.[0] ?? null,
		code: codeOf(gift)
	}));
}

function codeOf({ kind, currency, ...account }: Account & Pick<Gift, 'kind' | 'currency'>) {
	const transfer = kind === 'money' ? writeTransfer(account, currency) : '';
	return transfer ? drawCode(transfer) : null;
}
