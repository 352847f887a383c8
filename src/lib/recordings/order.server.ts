import type { Tx } from '../kernel/db/db.server.ts';
import * as weddings from '../weddings/weddings.server.ts';

/** Holds off every other change of the order until this transaction is done, and gives the ids in order. */
export async function hold(weddingId: string, tx: Tx): Promise<string[]> {
	await weddings.hold(weddingId, tx);
	const recordings = await tx.recording.findMany({
		where: { weddingId },
		select: { id: true },
		orderBy: [{ position: 'asc' }, { id: 'asc' }]
	});
	return recordings.map(({ id }) => id);
}

/** Numbers the recordings from 1, without gaps. */
export async function arrange(weddingId: string, order: string[], tx: Tx): Promise<void> {
	await tx.$executeRaw`
		UPDATE recording r SET position = place.n
		FROM unnest(${order}::uuid[]) WITH ORDINALITY AS place (id, n)
		WHERE r.wedding_id = ${weddingId}::uuid AND r.id = place.id AND r.position <> place.n`;
}
