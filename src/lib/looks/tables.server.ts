import { z } from 'zod';
import { archived, type Tables } from '../kernel/db/table.server.ts';
import { THEMES } from './look.ts';

const ArchivedLook = z.strictObject({
	theme: z.enum(THEMES),
	accent: z
		.string()
		.regex(/^#[\da-f]{6}$/)
		.nullable()
});

export const tables = {
	Look: {
		archive: archived({
			key: 'look',
			// archives from before there was a choice have none
			schema: ArchivedLook.nullable().default(null),
			leavesOut: {},
			refersTo: {},
			async collect(weddingId, tx) {
				const look = await tx.look.findUnique({ where: { weddingId }, omit: { weddingId: true } });
				return look as z.output<typeof ArchivedLook> | null;
			},
			async store(look, { weddingId }, tx) {
				if (look) await tx.look.create({ data: { ...look, weddingId } });
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
