import { z } from 'zod';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';

const ArchivedArrival = z.strictObject({
	...{ id, eventId: id, kind: z.enum(['in', 'out', 'undo']), guestId: maybe(id), walkInId: maybe(id) },
	...{ walkInName: z.string(), undoesId: maybe(id), happenedAt: at, receivedAt: at, place: z.int() }
});

export const tables = {
	Phone: {
		archive: { staysBehind: 'it lets somebody in: no phone is signed in on another install' },
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: { update: 'UPDATE phone SET expires_at = now()' }
	},
	Arrival: {
		archive: archived({
			key: 'arrivals',
			// archives from before there was a door have none
			schema: z.array(ArchivedArrival).default([]),
			leavesOut: {
				phoneId: 'phones stay behind'
			},
			refersTo: { eventId: 'events', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.arrival.findMany({
					...{ where: { weddingId }, omit: { weddingId: true, phoneId: true } },
					orderBy: { place: 'asc' }
				}),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.arrival.createMany({ data })
				)
		}),
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
