import { z } from 'zod';
import { MailCategory, SuppressionReason } from '../../../prisma/client/client.ts';
import { at, maybe } from '../kernel/db/archived.ts';
import { rows, type Tx } from '../kernel/db/db.server.ts';
import { archived, inBatches, type Leaving, type Tables } from '../kernel/db/table.server.ts';

const ArchivedSuppression = z.strictObject({
	...{ address: z.string(), reason: z.enum(SuppressionReason), category: z.enum(MailCategory) },
	...{ createdAt: at, liftedAt: maybe(at) }
});

const ArchivedLink = z.strictObject({ token: z.string().min(20), address: z.string(), createdAt: at });

export const suppressionTables = {
	Suppression: {
		archive: archived({
			key: 'suppressions',
			schema: z.array(ArchivedSuppression).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.suppression.findMany({
					...{ where: { weddingId }, omit: { weddingId: true } },
					orderBy: [{ address: 'asc' }, { reason: 'asc' }, { category: 'asc' }]
				}),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.suppression.createMany({ data })
				)
		}),
		erasePerson: (leaving, tx) => erasePerson('suppression', leaving, tx),
		eraseAll: (weddingId, tx) => tx.suppression.deleteMany({ where: { weddingId } }),
		// as long as somebody has the address: it is their wish, or their mailbox's answer
		expire: 'stays',
		restore: 'stays'
	},
	UnsubscribeLink: {
		archive: archived({
			key: 'unsubscribeLinks',
			schema: z.array(ArchivedLink).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.unsubscribeLink.findMany({
					...{ where: { weddingId }, omit: { weddingId: true } },
					orderBy: { address: 'asc' }
				}),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.unsubscribeLink.createMany({ data })
				)
		}),
		erasePerson: (leaving, tx) => erasePerson('unsubscribe_link', leaving, tx),
		eraseAll: (weddingId, tx) => tx.unsubscribeLink.deleteMany({ where: { weddingId } }),
		// it stands in mails that are kept
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;

/** What is of their address, and of those that mail went to before it was corrected, unless somebody else has it. */
async function erasePerson(
	table: 'suppression' | 'unsubscribe_link',
	{ id, weddingId, email }: Leaving,
	tx: Tx
) {
	const gone = await rows(
		`${table}-erase`,
		`DELETE FROM ${table} WHERE wedding_id = $1::uuid
			AND (address = $3 OR address IN (
				SELECT lower(d.address) FROM message m JOIN delivery d ON d.message_id = m.id WHERE m.guest_id = $2::uuid
			))
			AND NOT EXISTS (SELECT FROM guest g
				WHERE g.wedding_id = $1::uuid AND g.id <> $2::uuid AND lower(g.email) = address)
		RETURNING 1`,
		[weddingId, id, email.toLowerCase()],
		tx
	);
	return { count: gone.length };
}
