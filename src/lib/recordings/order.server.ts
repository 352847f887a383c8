import type { Tx } from '../kernel/db/db.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Line } from './moment.ts';

/** Holds off every other change of the order until this transaction is done, and gives it. */
export async function hold(weddingId: string, tx: Tx): Promise<Line[]> {
	await weddings.hold(weddingId, tx);
	return tx.recording.findMany({
		where: { weddingId },
		select: { id: true, moment: true },
		orderBy: [{ position: 'asc' }, { id: 'asc' }]
	});
}

/** Numbers the recordings from 1, without gaps, and says of which moment each is. */
export async function arrange(weddingId: string, lines: Line[], tx: Tx): Promise<void> {
	const [ids, moments] = [lines.map(({ id }) => id), lines.map(({ moment }) => moment)];
	await tx.$executeRaw`
		UPDATE recording r SET position = place.n, moment = place.moment
		FROM unnest(${ids}::uuid[], ${moments}::text[]) WITH ORDINALITY AS place (id, moment, n)
		WHERE r.wedding_id = ${weddingId}::uuid AND r.id = place.id
			AND (r.position, r.moment) IS DISTINCT FROM (place.n, place.moment)`;
}
