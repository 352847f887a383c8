import type { Prisma } from '../../../prisma/client/client.ts';
import type { Tx } from '../kernel/db.server.ts';
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
