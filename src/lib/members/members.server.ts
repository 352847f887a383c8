import * as trail from '../audit/trail.server.ts';
import { requireFresh } from '../auth/fresh.ts';
import { db, now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as outbox from '../outbox/outbox.server.ts';
import * as removals from '../removals/removals.server.ts';
import type { Back } from '../removals/removed.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { NewMember } from './member.schema.ts';
import type { Member, Role } from './member.ts';

/** Oldest first: the couple stands above whom they have let in. */
export function list(viewer: Viewer): Promise<Member[]> {
	permit(viewer, 'members:edit');
	return rows<Member>(
		'member-list',
		`SELECT m.account_id AS "accountId", a.name, a.email, m.role, m.account_id = $2::uuid AS "isSelf",
			greatest(
				(SELECT max(renewed_at) FROM session s WHERE s.account_id = a.id AND s.wedding_id = m.wedding_id),
				(SELECT max(used_at) FROM login_link l WHERE l.account_id = a.id AND l.wedding_id = m.wedding_id)
			) AS "seenAt"
		FROM member m JOIN account a ON a.id = m.account_id
		WHERE m.wedding_id = $1 ORDER BY m.created_at, a.id`,
		[viewer.weddingId, viewer.accountId ?? null]
	);
}

/**
 * Lets whoever has this address into the couple's pages, and writes them nothing; returns the account's id. An account
 * that exists, whatever the case of its address, gets the role.
 */
export async function add(
	viewer: Viewer,
	{ email, name = '', role }: { email: string; name?: string; role: Role },
	tx: Tx = db
): Promise<string> {
	permit(viewer, 'members:edit');
	const { weddingId } = viewer;
	await weddings.hold(weddingId, tx);
	const known = await findAccount(email, tx);
	const accountId = known?.id ?? (await tx.account.create({ data: { email, name } })).id;
	await tx.member.upsert({
		where: { accountId_weddingId: { accountId, weddingId } },
		create: { accountId, weddingId, role, greetedAt: await now(tx) },
		update: { role }
	});
	await trail.record(viewer, 'member.added', { id: accountId, role }, tx);
	return accountId;
}

/** Asks somebody by mail to help. Throws 409 when they are in already, and 403 `sign_in_again`. */
export async function invite(viewer: Viewer, { language, ...person }: NewMember): Promise<void> {
	permit(viewer, 'members:edit');
	requireFresh(viewer);
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const known = await findAccount(person.email, tx);
		const { email, name, role } = person;
		const isIn = known && (await tx.member.count({ where: { weddingId, accountId: known.id } })) > 0;
		if (isIn) throw new Problem(409, 'member_in', { email });
		const account = known ?? (await tx.account.create({ data: { email, name } }));
		await tx.member.create({ data: { accountId: account.id, weddingId, role } });
		await write(weddingId, account, language, tx);
		await trail.record(viewer, 'member.invited', { id: account.id, role }, tx);
	});
}

/** For the mail that got lost. As the others, it says whom it was about. */
export async function remind(viewer: Viewer, accountId: string): Promise<string> {
	permit(viewer, 'members:edit');
	requireFresh(viewer);
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { account } = await get(viewer, accountId, tx);
		const last = await tx.message.findFirst({
			...{ where: { weddingId, accountId, kind: 'member' }, select: { language: true } },
			orderBy: { createdAt: 'desc' }
		});
		const language = last?.language ?? (await weddings.get(viewer)).language;
		await write(weddingId, account, language, tx);
		return nameOf(account);
	});
}

export async function change(viewer: Viewer, accountId: string, role: Role): Promise<string> {
	permit(viewer, 'members:edit');
	requireFresh(viewer);
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { role: before, account } = await getOther(viewer, accountId, tx);
		if (role === before) return nameOf(account);
		// what they can do now is told anew
		await tx.member.update({
			where: { accountId_weddingId: { accountId, weddingId } },
			data: { role, greetedAt: null }
		});
		await trail.record(viewer, 'member.changed', { id: accountId, from: before, to: role }, tx);
		return nameOf(account);
	});
}

/** From now on nothing lets them in: no session, no link, and no account that has no other wedding. It can be put back. */
export async function remove(viewer: Viewer, accountId: string): Promise<{ id: string; name: string }> {
	permit(viewer, 'members:edit');
	requireFresh(viewer);
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { role, account } = await getOther(viewer, accountId, tx);
		const isElsewhere = (await tx.member.count({ where: { accountId, NOT: { weddingId } } })) > 0;
		const chosen = {
			member: [{ account_id: accountId, wedding_id: weddingId }],
			...(!isElsewhere && { account: [{ id: accountId }] })
		};
		const name = nameOf(account);
		const id = await removals.keep(weddingId, { kind: 'member', name, chosen }, tx);
		await tx.loginLink.deleteMany({ where: { accountId, weddingId } });
		await tx.session.deleteMany({ where: { accountId, weddingId } });
		await tx.member.delete({ where: { accountId_weddingId: { accountId, weddingId } } });
		await tx.account.deleteMany({ where: { id: accountId, members: { none: {} } } });
		await trail.record(viewer, 'member.removed', { id: accountId, role }, tx);
		return { id, name };
	});
}

/** They have access as before, and sign in anew. Throws 409 when it is too late, or they were asked again. */
export async function restore(viewer: Viewer, removalId: string): Promise<Back> {
	permit(viewer, 'members:edit');
	requireFresh(viewer);
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const kept = await removals.take(weddingId, removalId, ['member'], tx);
		const back = await removals.restore(kept, tx);
		const { account_id: id, role } = kept.rows.member![0] as { account_id: string; role: Role };
		await trail.record(viewer, 'member.restored', { id, role }, tx);
		return back;
	});
}

/** The role of somebody who was never told what it is; null for everybody else. */
export async function findUngreeted(viewer: Viewer): Promise<Role | null> {
	permit(viewer, 'members:be');
	const { weddingId, accountId } = viewer;
	if (!accountId) return null;
	const where = { accountId_weddingId: { accountId, weddingId }, greetedAt: null };
	const member = await db.member.findUnique({ where, select: { role: true } });
	return member?.role ?? null;
}

export async function greet(viewer: Viewer): Promise<void> {
	permit(viewer, 'members:be');
	const { weddingId, accountId } = viewer;
	if (!accountId) return;
	await db.member.updateMany({ where: { accountId, weddingId }, data: { greetedAt: await now() } });
}

type Account = { id: string; email: string; name: string };

async function findAccount(email: string, tx: Tx): Promise<Account | undefined> {
	const text = 'SELECT id, email, name FROM account WHERE lower(email) = lower($1)';
	const [known] = await rows<Account>('account-of', text, [email], tx);
	return known;
}

const nameOf = ({ name, email }: Account) => name || email;

function write(
	weddingId: string,
	{ id: accountId, email: address, name }: Account,
	language: string,
	tx: Tx
) {
	return outbox.put([{ weddingId, kind: 'member', accountId, language, address, name }], tx);
}

/** Held, as it stays until the end of the transaction. Throws 404. */
async function get({ weddingId }: Viewer, accountId: string, tx: Tx) {
	await weddings.hold(weddingId, tx);
	await rows('account-hold', 'SELECT 1 FROM account WHERE id = $1::uuid FOR NO KEY UPDATE', [accountId], tx);
	const where = { accountId_weddingId: { accountId, weddingId } };
	const member = await tx.member.findUnique({ where, include: { account: true } });
	if (!member) throw new Problem(404, 'member_unknown');
	return member;
}

/** Nobody shuts themselves out: somebody of the couple is always in. */
function getOther(viewer: Viewer, accountId: string, tx: Tx) {
	if (accountId === viewer.accountId) throw new Problem(409, 'member_self');
	return get(viewer, accountId, tx);
}
