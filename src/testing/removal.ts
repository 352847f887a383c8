import { db } from '#lib/kernel/db/db.server.ts';
import * as removals from '#lib/removals/removals.server.ts';

/** As if everything that was removed there had been removed so long ago. */
export async function letHourPass(weddingId: string): Promise<void> {
	const data = { createdAt: new Date(Date.now() - 3_700_000) };
	await db.removal.updateMany({ where: { weddingId }, data });
}

/** Nothing that was removed there can be put back any more. */
export async function forgetRemoved(weddingId: string): Promise<void> {
	await letHourPass(weddingId);
	await removals.tidy();
}
