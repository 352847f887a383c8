import * as trail from '../../lib/audit/trail.server.ts';
import { sameAs } from '../../lib/kernel/text/address.ts';
import { transaction, type Tx } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { permit, type Viewer } from '../../lib/kernel/viewer.ts';
import * as mailbox from '../../lib/mail/mailbox.server.ts';
import * as weddings from '../../lib/weddings/weddings.server.ts';

/** A large wedding has tens of thousands of rows. */
const PATIENCE = { timeout: 120_000, maxWait: 10_000 };

export type ErasedGuest = {
	scores: number;
	mails: number;
	/** the name of the household that stays, for it may hold theirs; null when it went too */
	household: string | null;
};

/**
 * Takes everything about a guest out for good: their row, scores, sessions and links, the mails to them, and what
 * the audit says of them; the household too, when nobody else is in it. A mail to an address that somebody else of
 * the wedding has stays, without a name. Throws 404.
 */
export async function guest(viewer: Viewer, id: string): Promise<ErasedGuest> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const { mailIds, ...erased } = await transaction(async (tx) => {
		const where = { id, weddingId };
		// a guest who is just being added to the household must not go with it
		await weddings.hold(tx, weddingId);
		const include = { household: true, _count: { select: { scores: true } } };
		const found = await tx.guest.findUnique({ where, include });
		if (!found) throw new Problem(404, 'guest_not_found');
		const { name, email, householdId, household, _count } = found;
		await tx.$queryRaw`SELECT 1 FROM household WHERE id = ${householdId}::uuid FOR UPDATE`;
		await tx.guest.delete({ where });
		const others = await tx.guest.count({ where: { householdId, weddingId } });
		const mailIds = await eraseMails(tx, weddingId, id, email ?? '', others ? null : householdId);
		await tx.$executeRaw`
			UPDATE audit_entry SET data = '{}' WHERE wedding_id = ${weddingId}::uuid AND data <> '{}' AND (
				subject_id = ${id}::uuid OR (${!others} AND subject_id = ${householdId}::uuid)
				OR strpos(data::text, to_jsonb(${name}::text)::text) > 0
				OR (${email ?? ''} <> '' AND strpos(lower(data::text), lower(${email ?? ''})) > 0)
			)`;
		if (!others) await tx.household.delete({ where: { id: householdId, weddingId } });
		await trail.record(tx, viewer, 'guest.erased', id);
		return {
			scores: _count.scores,
			mails: mailIds.length,
			household: others ? household.name : null,
			mailIds
		};
	}, PATIENCE);
	await mailbox.forget(mailIds);
	return erased;
}

/** Gives back which mails went. */
async function eraseMails(
	tx: Tx,
	weddingId: string,
	guestId: string,
	email: string,
	householdId: string | null
): Promise<string[]> {
	const to = sameAs(email);
	const isShared = email !== '' && (await tx.guest.count({ where: { weddingId, email: to } })) > 0;
	if (isShared)
		await tx.mail.updateMany({ where: { weddingId, address: to }, data: { name: '', guestId: null } });
	const theirs = [
		{ guestId },
		...(email && !isShared ? [{ address: to }] : []),
		...(householdId ? [{ householdId }] : [])
	];
	const mails = await tx.mail.findMany({ where: { weddingId, OR: theirs }, select: { id: true } });
	const ids = mails.map(({ id }) => id);
	await tx.mail.deleteMany({ where: { id: { in: ids }, weddingId } });
	return ids;
}

export type ErasedWedding = { guests: number; recordings: number; accounts: number };

/**
 * Takes a wedding out for good: all its rows, its recordings, and the accounts that have no other. What is left is an
 * audit entry that says when, by whom, and the id that it had. Throws 404.
 */
export async function wedding(viewer: Viewer): Promise<ErasedWedding> {
	permit(viewer, 'wedding:edit');
	const { weddingId } = viewer;
	const { recordingIds, mailIds, ...erased } = await transaction(async (tx) => {
		const where = { weddingId };
		const select = { id: true };
		// nothing is added to it from here on, a recording whose file would stay say
		const there = await tx.$queryRaw<unknown[]>`
			SELECT 1 FROM wedding WHERE id = ${weddingId}::uuid FOR UPDATE`;
		if (there.length === 0) throw new Problem(404, 'gone');
		const guests = await tx.guest.count({ where });
		const recordings = await tx.recording.findMany({ where, select });
		const mails = await tx.mail.findMany({ where, select });
		const members = await tx.member.findMany({ where, select: { accountId: true } });
		await tx.wedding.delete({ where: { id: weddingId } });
		const accounts = await tx.account.deleteMany({
			where: { id: { in: members.map(({ accountId }) => accountId) }, members: { none: {} } }
		});
		await trail.recordErased(tx, viewer);
		return {
			...{ guests, recordings: recordings.length, accounts: accounts.count },
			...{ recordingIds: recordings.map(({ id }) => id), mailIds: mails.map(({ id }) => id) }
		};
	}, PATIENCE);
	for (const id of recordingIds) await files.remove(id);
	await mailbox.forget(mailIds);
	return erased;
}
