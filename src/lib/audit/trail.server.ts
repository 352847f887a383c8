import type { Prisma } from '../../../prisma/client/client.ts';
import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

const MOST = 100;

/** Writes down who did what, in the transaction of the deed. `action` is `noun.verb`, `id` that of the noun;
 * the rest holds no secret. Gives back the entry's own id. */
export async function record(
	viewer: Viewer,
	action: string,
	{
		id: subjectId = null,
		...data
	}: { id?: string | null; [name: string]: Prisma.InputJsonValue | null | undefined },
	tx: Tx
): Promise<string> {
	const { weddingId, accountId = null } = viewer;
	const entry = [weddingId, accountId, action, subjectId, JSON.stringify(data)];
	const [recorded] = await rows<{ id: string }>('audit-record', RECORD, entry, tx);
	return recorded!.id;
}

const RECORD = `
	INSERT INTO audit_entry (wedding_id, account_id, action, subject_id, data)
	VALUES ($1::uuid, $2::uuid, $3, $4::uuid, $5::jsonb) RETURNING id`;

/** The newest times that this was done to one thing, the last one first. */
export async function list(viewer: Viewer, action: string, subjectId: string) {
	permit(viewer, 'trail:read');
	const { weddingId } = viewer;
	return db.auditEntry.findMany({
		where: { weddingId, action, subjectId },
		orderBy: [{ at: 'desc' }, { id: 'desc' }],
		take: MOST
	});
}

/** Writes down that a wedding is gone, with all that was written down about it: nothing else can tell. */
export async function recordErased(viewer: Viewer, tx: Tx): Promise<void> {
	const { weddingId: subjectId, accountId = null } = viewer;
	await tx.auditEntry.create({ data: { accountId, action: 'wedding.erased', subjectId } });
}
