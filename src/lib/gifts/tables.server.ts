import { z } from 'zod';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { KINDS, TAKERS_SHOWN } from './gift.ts';

const words = z.record(z.string(), z.string());
const shown = { isHidden: z.boolean(), visibleOn: maybe(at), onlyFor: z.array(id) };
const takersShown = z.enum(TAKERS_SHOWN);

const ArchivedGift = z.strictObject({
	...{ id, kind: z.enum(KINDS), title: words, text: words, link: z.string(), price: maybe(z.int()) },
	...{ currency: z.string().length(3), wanted: z.int().positive() },
	...{ holder: z.string(), iban: z.string(), bic: z.string(), reference: z.string() },
	...{ position: z.int(), ...shown, version: z.int(), removedAt: maybe(at), createdAt: at }
});

const ArchivedTaking = z.strictObject({
	...{ giftId: id, householdId: id, guestId: maybe(id), count: z.int().positive() },
	...{ promised: takersShown, takenAt: at }
});

const ArchivedList = z.strictObject({ intro: words, takersShown, ...shown, version: z.int() });

const omit = { weddingId: true } as const;
const common = { eraseAll: 'goes along', expire: 'stays', restore: 'stays' } as const;

// archives from before there were any have none
export const tables = {
	Gift: {
		archive: archived({
			key: 'gifts',
			schema: z.array(ArchivedGift).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.gift.findMany({ where: { weddingId }, omit, orderBy: { id: 'asc' } }),
			async store(rows, { weddingId }, tx) {
				await tx.gift.createMany({ data: rows.map((row) => ({ ...row, weddingId })) });
			}
		}),
		erasePerson: 'holds nothing',
		...common
	},
	GiftTaking: {
		archive: archived({
			key: 'giftTakings',
			schema: z.array(ArchivedTaking).default([]),
			leavesOut: {},
			refersTo: { giftId: 'gifts', householdId: 'households', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.giftTaking.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ giftId: 'asc' }, { householdId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.giftTaking.createMany({ data }));
			}
		}),
		// another guest can bring it then
		erasePerson: 'goes along',
		...common
	},
	GiftList: {
		archive: archived({
			key: 'giftList',
			schema: z.array(ArchivedList).max(1).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.giftList.findMany({ where: { weddingId }, omit }),
			async store(rows, { weddingId }, tx) {
				await tx.giftList.createMany({ data: rows.map((row) => ({ ...row, weddingId })) });
			}
		}),
		erasePerson: 'holds nothing',
		...common
	}
} satisfies Tables;
