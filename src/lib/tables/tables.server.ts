import { z } from 'zod';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { FIXTURES, SHAPES } from './room.ts';
import { WISHES } from './wish.ts';

const place = { x: z.int(), y: z.int(), rotation: z.int() };
const size = { width: z.int().positive(), height: z.int().positive() };

const ArchivedPlan = z.strictObject({
	...{ id, eventId: id, name: z.string(), isChosen: z.boolean(), ...size, version: z.int() },
	...{ removedAt: maybe(at), createdAt: at }
});
const ArchivedFixture = z.strictObject({
	...{ id, planId: id, kind: z.enum(FIXTURES), name: z.string(), ...place, ...size }
});
const ArchivedTable = z.strictObject({
	...{ id, planId: id, number: z.int(), name: z.string(), shape: z.enum(SHAPES) },
	...{ seats: z.int().min(1).max(30), ...place, isLocked: z.boolean() }
});
const ArchivedSeat = z.strictObject({
	...{ planId: id, guestId: id, eventId: id, tableId: id, number: z.int(), isLocked: z.boolean() }
});
const ArchivedFreedSeat = z.strictObject({ planId: id, guestId: id, tableNumber: z.int(), freedAt: at });
const ArchivedWish = z.strictObject({
	...{
		id,
		eventId: id,
		kind: z.enum(WISHES),
		isHard: z.boolean(),
		createdAt: at,
		tableNumber: z.int().nullable()
	},
	...{ guestId: maybe(id), householdId: maybe(id), tagId: maybe(id) },
	...{ otherGuestId: maybe(id), otherHouseholdId: maybe(id), otherTagId: maybe(id) }
});
const ArchivedNeed = z.strictObject({ guestId: id, highChair: z.boolean(), wheelchair: z.boolean() });
const ArchivedShown = z.strictObject({ eventId: id, shownFrom: maybe(at), areCompanionsShown: z.boolean() });

const omit = { weddingId: true } as const;
const orderBy = { id: 'asc' } as const;
const stays = { eraseAll: 'goes along', expire: 'stays', restore: 'stays' } as const;

export const tables = {
	Plan: {
		archive: archived({
			key: 'plans',
			schema: z.array(ArchivedPlan).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events' },
			collect: (weddingId, tx) => tx.plan.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.plan.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		...stays
	},
	Fixture: {
		archive: archived({
			key: 'fixtures',
			schema: z.array(ArchivedFixture).default([]),
			leavesOut: {},
			refersTo: { planId: 'plans' },
			collect: (weddingId, tx) => tx.fixture.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.fixture.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		...stays
	},
	SeatingTable: {
		archive: archived({
			key: 'tables',
			schema: z.array(ArchivedTable).default([]),
			leavesOut: {},
			refersTo: { planId: 'plans' },
			collect: (weddingId, tx) => tx.seatingTable.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.seatingTable.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		...stays
	},
	Seat: {
		archive: archived({
			key: 'seats',
			schema: z.array(ArchivedSeat).default([]),
			leavesOut: {},
			refersTo: { planId: 'plans', tableId: 'tables', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.seat.findMany({ where: { weddingId }, omit, orderBy: [{ planId: 'asc' }, { guestId: 'asc' }] }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.seat.createMany({ data }));
			}
		}),
		erasePerson: 'goes along',
		...stays
	},
	FreedSeat: {
		archive: archived({
			key: 'freedSeats',
			schema: z.array(ArchivedFreedSeat).default([]),
			leavesOut: {},
			refersTo: { planId: 'plans', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.freedSeat.findMany({
					where: { weddingId },
					omit,
					orderBy: [{ planId: 'asc' }, { guestId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.freedSeat.createMany({ data }));
			}
		}),
		erasePerson: 'goes along',
		...stays
	},
	SeatingChange: {
		archive: { staysBehind: 'it is taken back where it was made' },
		erasePerson: async ({ id, weddingId }, tx) => ({
			count: await tx.$executeRaw`
				DELETE FROM seating_change WHERE wedding_id = ${weddingId}::uuid
				AND (before || after) @> jsonb_build_array(jsonb_build_object('guestId', ${id}::text))`
		}),
		...stays
	},
	SeatingProposal: {
		archive: { staysBehind: 'it is worked out anew where its guests are' },
		erasePerson: async ({ id, weddingId }, tx) => ({
			count: await tx.$executeRaw`
				DELETE FROM seating_proposal WHERE wedding_id = ${weddingId}::uuid
				AND answer::text LIKE '%' || ${id} || '%'`
		}),
		...stays,
		// nobody works it out any more
		restore: { update: 'DELETE FROM seating_proposal' }
	},
	Wish: {
		archive: archived({
			key: 'wishes',
			schema: z.array(ArchivedWish).default([]),
			leavesOut: {},
			refersTo: {
				...{ eventId: 'events', guestId: 'guests', householdId: 'households', tagId: 'tags' },
				...{ otherGuestId: 'guests', otherHouseholdId: 'households', otherTagId: 'tags' }
			},
			collect: (weddingId, tx) => tx.wish.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.wish.createMany({ data }));
			}
		}),
		erasePerson: 'goes along',
		...stays
	},
	SeatingNeed: {
		archive: archived({
			key: 'seatingNeeds',
			schema: z.array(ArchivedNeed).default([]),
			leavesOut: {},
			refersTo: { guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.seatingNeed.findMany({ where: { weddingId }, omit, orderBy: { guestId: 'asc' } }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.seatingNeed.createMany({ data }));
			}
		}),
		erasePerson: 'goes along',
		// a wheelchair says something of who needs it
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.seatingNeed.deleteMany({ where: { wedding: { heldOn: { lt: limit } } } }),
		restore: 'stays'
	},
	SeatFinder: {
		archive: { staysBehind: 'its address is of the old install' },
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'empty'
	},
	ShownTables: {
		archive: archived({
			key: 'shownTables',
			schema: z.array(ArchivedShown).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events' },
			collect: (weddingId, tx) =>
				tx.shownTables.findMany({ where: { weddingId }, omit, orderBy: { eventId: 'asc' } }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.shownTables.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		...stays
	}
} satisfies Tables;
