import { z } from 'zod';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { archived, type Tables } from '../kernel/db/table.server.ts';
import { KINDS } from './block.ts';

const words = z.record(z.string(), z.string());

const ArchivedBlock = z.strictObject({
	...{ id, kind: z.enum(KINDS), title: words, text: words, position: z.int(), isHidden: z.boolean() },
	...{ visibleOn: maybe(at), onlyFor: z.array(id), createdAt: at }
});

export const tables = {
	Block: {
		archive: archived({
			key: 'blocks',
			schema: z.array(ArchivedBlock).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.block.findMany({ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }),
			async store(rows, { weddingId }, tx) {
				await tx.block.createMany({ data: rows.map((row) => ({ ...row, weddingId })) });
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
