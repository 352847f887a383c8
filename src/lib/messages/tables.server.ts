import { z } from 'zod';
import { accountHere, archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { MailingKind } from '../../../prisma/client/client.ts';
import { olderThan } from '../weddings/wedding.ts';

const words = z.record(z.string(), z.string());

const ArchivedMailing = z.strictObject({
	...{ id, kind: z.enum(MailingKind), subject: words, text: words, audience: z.record(z.string(), z.json()) },
	...{ state: z.enum(['draft', 'sent']), sendAt: maybe(at), failure: maybe(z.string()) },
	...{ runId: maybe(id), sentAt: maybe(at), accountId: maybe(id), createdAt: at },
	removedAt: maybe(at).default(null)
});
const ArchivedLine = z.strictObject({ mailingId: id, householdId: id, text: z.string() });

export const tables = {
	Mailing: {
		archive: archived({
			key: 'mailings',
			schema: z.array(ArchivedMailing).default([]),
			leavesOut: {},
			refersTo: { runId: 'runs' },
			async collect(weddingId, tx) {
				const found = await tx.mailing.findMany({
					...{ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }
				});
				// the old install sends what is scheduled, or nobody does
				return found.map((row) =>
					row.state === 'scheduled' ? { ...row, state: 'draft', failure: 'mailing_moved' } : row
				);
			},
			store(rows, into, tx) {
				const { weddingId } = into;
				const own = rows.map((row) => ({ ...row, weddingId, accountId: accountHere(into, row.accountId) }));
				return inBatches(own, (data) => tx.mailing.createMany({ data: data as never }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: (weddingId, tx) => tx.mailing.deleteMany({ where: { weddingId } }),
		expire: (limit, tx) => tx.mailing.deleteMany({ where: olderThan(limit) }),
		// it may have left after the backup: the couple sees that it did not leave from here, and when it was to
		restore: {
			update: `UPDATE mailing SET state = 'draft', failure = 'mailing_restored' WHERE state = 'scheduled'`
		}
	},
	PersonalLine: {
		archive: archived({
			key: 'personalLines',
			schema: z.array(ArchivedLine).default([]),
			leavesOut: {},
			refersTo: { mailingId: 'mailings', householdId: 'households' },
			collect: (weddingId, tx) =>
				tx.personalLine.findMany({
					...{ where: { weddingId }, omit: { weddingId: true } },
					orderBy: [{ mailingId: 'asc' }, { householdId: 'asc' }]
				}),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.personalLine.createMany({ data })
				)
		}),
		// what was said to several may be about the one who goes
		erasePerson: ({ household, weddingId }, tx) =>
			tx.personalLine.deleteMany({ where: { weddingId, householdId: household.id } }),
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.personalLine.deleteMany({ where: { mailing: olderThan(limit) } }),
		restore: 'stays'
	}
} satisfies Tables;
