import { randomUUID } from 'node:crypto';

/** A guest of before, whom whoever is erased had brought. */
export function removalRows({ weddingId, guestId }: { weddingId: string; guestId: string }, createdAt: Date) {
	const guest = { id: randomUUID(), plus_one_of_id: guestId, name: 'Pim' };
	const kept = { rows: { guest: [guest] }, loosened: [], chosen: ['guest'] };
	return [
		{
			...{ id: randomUUID(), weddingId, kind: 'guests', name: 'Pim', kept },
			...{ fileIds: [randomUUID()], createdAt }
		}
	];
}
