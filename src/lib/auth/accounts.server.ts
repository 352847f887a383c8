import * as trail from '../audit/trail.server.ts';
import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';

export type NewMember = { email: string; name?: string; role: 'couple' | 'helper' };

/**
 * Lets whoever has this address into the couple's pages; returns the account's id. An account that exists,
 * whatever the case of its address, gets the role.
 */
export async function add(
	viewer: Viewer,
	{ email, name = '', role }: NewMember,
	tx: Tx = db
): Promise<string> {
	permit(viewer, 'members:edit');
	const { weddingId } = viewer;
	await weddings.hold(weddingId, tx);
	const [known] = await rows<{ id: string }>(
		'account-of',
		'SELECT id FROM account WHERE lower(email) = lower($1)',
		[email],
		tx
	);
	const { id: accountId } =
		known ?? (await tx.account.create({ data: { email, name }, select: { id: true } }));
	await tx.member.upsert({
		where: { accountId_weddingId: { accountId, weddingId } },
		create: { accountId, weddingId, role },
		update: { role }
	});
	await trail.record(viewer, 'member.added', { id: accountId, role }, tx);
	return accountId;
}
