import { z } from 'zod';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { Language } from '../weddings/wedding.schema.ts';

const ArchivedHousehold = z.strictObject({
	...{ id, name: z.string(), language: Language, code: z.string().min(8) },
	...{ invitedAt: maybe(at), openedAt: maybe(at), seenAt: maybe(at), createdAt: at }
});

const ArchivedGuest = z.strictObject({
	...{ id, householdId: id, name: z.string(), email: maybe(z.string()), isChild: z.boolean() },
	...{ plusOneOfId: maybe(id), position: z.int(), createdAt: at }
});

const omit = { weddingId: true } as const;
const orderBy = { id: 'asc' } as const;

export const tables = {
	Household: {
		archive: archived({
			key: 'households',
			schema: z.array(ArchivedHousehold),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.household.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.household.createMany({ data }));
			}
		}),
		async erasePerson({ household: { id }, weddingId, isLast }, tx) {
			return isLast ? tx.household.deleteMany({ where: { id, weddingId } }) : { count: 0 };
		},
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Guest: {
		archive: archived({
			key: 'guests',
			schema: z.array(ArchivedGuest),
			leavesOut: {},
			refersTo: { householdId: 'households', plusOneOfId: 'guests' },
			async collect(weddingId, tx) {
				const guests = await tx.guest.findMany({ where: { weddingId }, omit, orderBy });
				const isPlusOne = ({ plusOneOfId }: (typeof guests)[0]) => Number(plusOneOfId !== null);
				return guests.sort((one, other) => isPlusOne(one) - isPlusOne(other));
			},
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.guest.createMany({ data }));
			}
		}),
		erasePerson: ({ id, weddingId }, tx) => tx.guest.deleteMany({ where: { id, weddingId } }),
		eraseAll: (weddingId, tx) => tx.guest.deleteMany({ where: { weddingId } }),
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
