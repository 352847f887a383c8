import type { Prisma } from '../../../prisma/client/client.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';

/** Writes down who did what, in the transaction of the deed. `action` is `noun.verb`; `data` holds no secret. */
export async function record(
	tx: Tx,
	viewer: Viewer,
	action: string,
	subjectId: string | null,
	data: Prisma.InputJsonObject = {}
): Promise<void> {
	const { weddingId, accountId = null } = viewer;
	await tx.auditEntry.create({ data: { weddingId, accountId, action, subjectId, data } });
}

/** Writes down that a wedding is gone, with all that was written down about it: nothing else can tell. */
export async function recordErased(tx: Tx, viewer: Viewer): Promise<void> {
	const { weddingId: subjectId, accountId = null } = viewer;
	await tx.auditEntry.create({ data: { accountId, action: 'wedding.erased', subjectId } });
}
