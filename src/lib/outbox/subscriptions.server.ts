import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { CATEGORIES, type Category } from './suppression.ts';
import * as suppressions from './suppressions.server.ts';

/** Where whoever reads mail to this address turns off this category of it: the same in each mail, for good. */
export async function link(weddingId: string, address: string, category: Category): Promise<string> {
	const made = await findLink(weddingId, address);
	return `${weddings.originOf(made)}${pathOf(made)}?of=${category}`;
}

/** The same for whoever is here anyhow, with all that can be turned off. */
export const path = async (weddingId: string, address: string) => pathOf(await findLink(weddingId, address));

const pathOf = ({ token }: { token: string }) => `/unsubscribe/${token}`;

async function findLink(weddingId: string, address: string) {
	const [made] = await rows<{ token: string; host: string | null }>(
		'unsubscribe-link',
		`WITH made AS (
			INSERT INTO unsubscribe_link (token, wedding_id, address) VALUES ($1, $2::uuid, $3)
			ON CONFLICT (wedding_id, address) DO UPDATE SET address = excluded.address RETURNING token
		)
		SELECT token, host FROM made, wedding WHERE wedding.id = $2::uuid`,
		[makeSecret(), weddingId, address.toLowerCase()]
	);
	return made!;
}

/** What mail an address gets; `isSilent` when it has called a mail spam or sent one back, and gets none anyhow. */
export type Subscriptions = { address: string; isOff: Record<Category, boolean>; isSilent: boolean };

/** Of the address that this link was mailed to. Throws 404. */
export async function open(viewer: Viewer, token: string): Promise<Subscriptions> {
	const { address } = await find(viewer, token, db);
	const found = await db.suppression.findMany({
		where: { weddingId: viewer.weddingId, address, liftedAt: null }
	});
	const isOff = (category: Category) => found.some((one) => one.category === category);
	return {
		address,
		isOff: { news: isOff('news'), reminders: isOff('reminders') },
		isSilent: found.some(({ category }) => category === 'all')
	};
}

/** What to turn off and on again. */
export type Change = { off?: readonly Category[]; on?: readonly Category[] };

/** For whoever has the link, as it stands in the mail. Throws 404. */
export async function change(viewer: Viewer, token: string, { off = [], on = [] }: Change): Promise<void> {
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		const { address } = await find(viewer, token, tx);
		const about = { address, reason: 'unsubscribed' as const };
		await suppressions.add(weddingId, { ...about, categories: off }, tx);
		await suppressions.lift(weddingId, { ...about, categories: on }, tx);
	});
}

/** What a mail program asks with one click (RFC 8058): the category of the mail it is at, or all of them. */
export function readOneClick(asked: string | null): readonly Category[] {
	const category = CATEGORIES.find((known) => known === asked);
	return category ? [category] : CATEGORIES;
}

/** That of whoever has the address that this link was mailed to; undefined when nobody has it any more. */
export async function findLanguage(weddingId: string, token: string): Promise<string | undefined> {
	if (!isWellFormed(token)) return undefined;
	const [found] = await rows<{ language: string }>(
		'unsubscribe-language',
		`SELECT h.language FROM unsubscribe_link l
			JOIN guest g ON g.wedding_id = l.wedding_id AND lower(g.email) = l.address
			JOIN household h ON h.id = g.household_id
		WHERE l.token = $1 AND l.wedding_id = $2::uuid ORDER BY h.id LIMIT 1`,
		[token, weddingId]
	);
	return found?.language;
}

async function find({ weddingId }: Viewer, token: string, tx: Tx) {
	const where = { token, weddingId };
	const found = isWellFormed(token) && (await tx.unsubscribeLink.findUnique({ where }));
	if (!found) throw new Problem(404, 'unsubscribe_unknown');
	return found;
}

/** Postgres looks for no text with a NUL in it. */
const isWellFormed = (token: string) => /^[\w-]+$/.test(token);
