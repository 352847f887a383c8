import { z } from 'zod';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';

const ArchivedReminder = z.strictObject({ id, daysBefore: z.int(), time: z.string(), plannedAt: at });
const ArchivedReminded = z.strictObject({ id, reminderId: maybe(id), householdId: id, sentAt: at });

export const tables = {
	Reminder: {
		archive: archived({
			key: 'reminders',
			schema: z.array(ArchivedReminder).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.reminder.findMany({ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }),
			async store(rows, { weddingId }, tx) {
				await tx.reminder.createMany({ data: rows.map((row) => ({ ...row, weddingId })) });
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: (weddingId, tx) => tx.reminder.deleteMany({ where: { weddingId } }),
		expire: 'stays',
		// some may have left after the backup: what was due before now is over
		restore: { update: 'UPDATE reminder SET planned_at = now()' }
	},
	Reminded: {
		archive: archived({
			key: 'reminded',
			schema: z.array(ArchivedReminded).default([]),
			leavesOut: {},
			refersTo: { reminderId: 'reminders', householdId: 'households' },
			collect: (weddingId, tx) =>
				tx.reminded.findMany({ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.reminded.createMany({ data })
				)
		}),
		erasePerson: 'goes along',
		eraseAll: (weddingId, tx) => tx.reminded.deleteMany({ where: { weddingId } }),
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
