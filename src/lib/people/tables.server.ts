import { z } from 'zod';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import * as notes from './notes.server.ts';
import { Language } from '../weddings/wedding.schema.ts';

const ArchivedHousehold = z.strictObject({
	...{ id, name: z.string(), language: Language, code: z.string().min(8) },
	...{ invitedAt: maybe(at), openedAt: maybe(at), seenAt: maybe(at), createdAt: at },
	...{ address: z.string().default(''), phone: z.string().default(''), note: z.string().default('') },
	// archives from before there were any
	plusOnes: z.int().default(0),
	cardGivenAt: maybe(at).default(null)
});

const ArchivedGuest = z.strictObject({
	...{ id, householdId: id, name: z.string(), email: maybe(z.string()), isChild: z.boolean() },
	...{ plusOneOfId: maybe(id), position: z.int(), createdAt: at }
});

const omit = { weddingId: true } as const;
const orderBy = { id: 'asc' } as const;

export const tables = {
	Household: {
		seals: { column: 'note_sealed', row: 'id' },
		archive: archived({
			key: 'households',
			schema: z.array(ArchivedHousehold),
			leavesOut: { noteSealed: 'each install has a key of its own: the archive has the words' },
			refersTo: {},
			async collect(weddingId, tx) {
				const found = await tx.household.findMany({ where: { weddingId }, omit, orderBy });
				return found.map(({ noteSealed, ...row }) => ({
					...row,
					note: notes.open(row.id, noteSealed) ?? ''
				}));
			},
			store(rows, { weddingId }, tx) {
				const own = rows.map(({ note, ...row }) => {
					return { ...row, weddingId, noteSealed: note ? notes.close(row.id, note) : null };
				});
				return inBatches(own, (data) => tx.household.createMany({ data }));
			}
		}),
		async erasePerson({ household: { id }, weddingId, isLast }, tx) {
			const where = { id, weddingId };
			if (isLast) return tx.household.deleteMany({ where });
			// the number may be theirs, and the note about them; where the others live stays
			await tx.household.updateMany({ where, data: { phone: '', noteSealed: null } });
			return { count: 0 };
		},
		eraseAll: 'goes along',
		expire: (limit, tx) =>
			tx.household.updateMany({
				where: { wedding: { heldOn: { lt: limit } }, noteSealed: { not: null } },
				data: { noteSealed: null }
			}),
		restore: 'stays'
	},
	Tag: {
		archive: archived({
			key: 'tags',
			schema: z.array(z.strictObject({ id, name: z.string() })).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.tag.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.tag.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	HouseholdTag: {
		archive: archived({
			key: 'householdTags',
			schema: z.array(z.strictObject({ householdId: id, tagId: id })).default([]),
			leavesOut: {},
			refersTo: { householdId: 'households', tagId: 'tags' },
			collect: (weddingId, tx) =>
				tx.householdTag.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ householdId: 'asc' }, { tagId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.householdTag.createMany({ data }));
			}
		}),
		erasePerson: 'goes along',
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
