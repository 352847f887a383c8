import { rows, type Tx } from '../kernel/db/db.server.ts';

export const CHANNEL = 'live';

export type Notice = { weddingId: string; topic: string };

/** Tells whoever listens, in any process, once this transaction is certain. What it is about they ask for themselves. */
export async function announce(weddingId: string, topic: string, tx: Tx): Promise<void> {
	const notice = JSON.stringify({ weddingId, topic } satisfies Notice);
	await rows('announce', 'SELECT pg_notify($1, $2)::text', [CHANNEL, notice], tx);
}
