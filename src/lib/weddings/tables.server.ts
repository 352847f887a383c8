import { z } from 'zod';
import { archived, type Tables } from '../kernel/db/table.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { Problem } from '../kernel/problem.ts';
import { Language } from './wedding.schema.ts';

declare module '../kernel/db/table.server.ts' {
	interface Into {
		weddingId: string;
	}
}

const Archived = z.strictObject({
	id,
	host: maybe(z.string().min(1)),
	formerHosts: z.array(z.string()).default([]),
	names: z.string(),
	heldOn: maybe(at),
	place: z.string(),
	welcome: z.record(z.string(), z.string()),
	timeZone: z.string(),
	language: Language,
	// archives of an older release do not say
	guestsMayTake: z.boolean().default(false),
	createdAt: at
});
export type ArchivedWedding = z.output<typeof Archived>;

export const tables = {
	Wedding: {
		archive: archived({
			key: 'wedding',
			schema: Archived,
			leavesOut: {},
			refersTo: {},
			async collect(id, tx) {
				const wedding = await tx.wedding.findUnique({ where: { id } });
				if (!wedding) throw new Problem(404, 'not_found');
				return wedding;
			},
			async store(data, _, tx) {
				await tx.wedding.create({ data });
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: (id, tx) => tx.wedding.deleteMany({ where: { id } }),
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
