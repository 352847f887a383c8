import * as trail from '../audit/trail.server.ts';
import { db, now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { digest } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Audience } from './audience.ts';
import type { MailingWords } from './mailing.schema.ts';
import { greet } from './placeholder.ts';
import { isOpen, type Mailing, type Words, type Written } from './mailing.ts';

/** The newest first. */
export async function list(viewer: Viewer): Promise<Mailing[]> {
	permit(viewer, 'mail:send');
	const orderBy = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];
	const where = { weddingId: viewer.weddingId, removedAt: null };
	return (await db.mailing.findMany({ where, orderBy })).map(read);
}

/** `version` is what `save` asks for. */
export async function get(
	viewer: Viewer,
	id: string,
	tx: Tx = db
): Promise<Mailing & { version: string; by: string }> {
	permit(viewer, 'mail:send');
	const where = { id, weddingId: viewer.weddingId, removedAt: null };
	const found = await tx.mailing.findUnique({ where, include: { account: true } });
	if (!found) throw new Problem(404, 'mailing_not_found');
	const mailing = read(found);
	return { ...mailing, version: makeVersion(mailing), by: found.account?.name ?? '' };
}

type Row = Omit<Mailing, 'subject' | 'text' | 'audience'> & {
	subject: unknown;
	text: unknown;
	audience: unknown;
};

/** What `find…` gives, with its words and audience as they were stored. */
export function read({ subject, text, audience, ...row }: Row): Mailing {
	const { id, kind, state, sendAt, failure, runId, sentAt, createdAt } = row;
	const isChosen = typeof audience === 'object' && audience !== null && 'to' in audience;
	return {
		...{ id, kind, state, sendAt, failure, runId, sentAt, createdAt },
		...{ subject: subject as Words, text: text as Words },
		audience: isChosen ? (audience as Audience) : null
	};
}

function makeVersion({ subject, text }: Written): string {
	const words = [subject, text].map((by) => Object.entries(by).toSorted());
	return digest(JSON.stringify(words)).toString('base64url');
}

/** News that is not there yet, under an id of the page's: sent twice, it is there once. */
export async function add(
	viewer: Viewer,
	{ id, subject, text }: MailingWords & { id: string }
): Promise<string> {
	permit(viewer, 'mail:send');
	const { weddingId, accountId = null } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const said = put({}, dropGreetings({ subject, text }));
		const data = { id, weddingId, accountId, kind: 'news' as const, subject: put({}, subject), text: said };
		const { count } = await tx.mailing.createMany({ data, skipDuplicates: true });
		if (count === 0) return void (await get(viewer, id, tx));
		await trail.record(viewer, 'mailing.written', { id }, tx);
	});
	return id;
}

/** Languages that `words` does not name stay as they are. Throws 409 when it has left, or was changed meanwhile. */
export async function save(viewer: Viewer, id: string, words: MailingWords): Promise<void> {
	permit(viewer, 'mail:send');
	await transaction(async (tx) => {
		const before = await hold(viewer, id, tx);
		refuseClosed(before);
		if (words.version !== before.version) throw new Problem(409, 'mailing_changed');
		const data = { subject: put(before.subject, words.subject), text: put(before.text, words.text) };
		await tx.mailing.update({ where: { id, weddingId: viewer.weddingId }, data: { ...data, failure: null } });
		await trail.record(viewer, 'mailing.written', { id }, tx);
	});
}

/** A language in which nobody has written more than the page did before is not begun. */
function dropGreetings({ subject, text }: Written): Words {
	const begun = Object.entries(text).filter(
		([language, words]) => subject[language] || words !== greet(language)
	);
	return Object.fromEntries(begun);
}

const put = (before: Words, words: Words): Record<string, string> =>
	Object.fromEntries(
		Object.entries({ ...before, ...words }).filter((entry): entry is [string, string] => Boolean(entry[1]))
	);

/** Throws 409 when it has left. */
export async function address(viewer: Viewer, id: string, audience: Audience): Promise<void> {
	permit(viewer, 'mail:send');
	await transaction(async (tx) => {
		refuseClosed(await hold(viewer, id, tx));
		await tx.mailing.update({ where: { id, weddingId: viewer.weddingId }, data: { audience } });
		await trail.record(viewer, 'mailing.addressed', { id, to: audience.to }, tx);
	});
}

const DAY = 24 * 3600_000;

/** A draft only: what was sent is kept. It can be had back for a day, and is gone when another is thrown away then. */
export async function remove(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	await transaction(async (tx) => {
		const { state } = await hold(viewer, id, tx);
		if (state !== 'draft') throw new Problem(409, 'mailing_left');
		const { weddingId } = viewer;
		const removedAt = await now(tx);
		const old = { lt: new Date(removedAt.getTime() - DAY) };
		await tx.mailing.deleteMany({ where: { weddingId, removedAt: old } });
		await tx.mailing.update({ where: { id, weddingId }, data: { removedAt } });
		await trail.record(viewer, 'mailing.removed', { id }, tx);
	});
}

/** A draft that was thrown away, as it was. Throws 404, and 409 for an invitation where there is another by now. */
export async function restore(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const where = { id, weddingId, removedAt: { not: null } };
		const found = await tx.mailing.findFirst({ where });
		if (!found) throw new Problem(404, 'mailing_not_found');
		const other = { weddingId, kind: 'invitation' as const, removedAt: null };
		if (found.kind === 'invitation' && (await tx.mailing.count({ where: other })))
			throw new Problem(409, 'mailing_invitation_known');
		await tx.mailing.update({ where: { id, weddingId }, data: { removedAt: null } });
		await trail.record(viewer, 'mailing.restored', { id }, tx);
	});
}

/** As it stays until the end of the transaction. */
export async function hold(viewer: Viewer, id: string, tx: Tx): ReturnType<typeof get> {
	permit(viewer, 'mail:send');
	await weddings.hold(viewer.weddingId, tx);
	const lock = 'SELECT 1 FROM mailing WHERE id = $1::uuid AND wedding_id = $2::uuid FOR UPDATE';
	await rows('mailing-lock', lock, [id, viewer.weddingId], tx);
	return get(viewer, id, tx);
}

export function refuseClosed(mailing: Pick<Mailing, 'kind' | 'state'>): void {
	if (mailing.state === 'scheduled') throw new Problem(409, 'mailing_scheduled');
	if (!isOpen(mailing)) throw new Problem(409, 'mailing_left');
}
