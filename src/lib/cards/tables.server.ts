import { z } from 'zod';
import { archived, type Tables } from '../kernel/db/table.server.ts';

export const tables = {
	CardText: {
		archive: archived({
			key: 'cardText',
			schema: z
				.strictObject({ line: z.record(z.string(), z.string()) })
				.nullable()
				.default(null),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.cardText.findUnique({ where: { weddingId }, omit: { weddingId: true } }),
			async store(text, { weddingId }, tx) {
				if (text) await tx.cardText.create({ data: { ...text, weddingId } });
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
