import { z } from 'zod';
import { accountHere, archived, inBatches, type Leaving, type Tables } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';

const Archived = z.strictObject({
	...{ id, at, accountId: maybe(id), action: z.string(), subjectId: maybe(id) },
	data: z.record(z.string(), z.json())
});

export const tables = {
	AuditEntry: {
		archive: archived({
			key: 'audit',
			schema: z.array(Archived),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.auditEntry.findMany({
					where: { weddingId },
					omit: { weddingId: true },
					orderBy: { id: 'asc' }
				}),
			store(rows, into, tx) {
				const { weddingId } = into;
				const own = rows.map((row) => ({ ...row, weddingId, accountId: accountHere(into, row.accountId) }));
				return inBatches(own, (data) => tx.auditEntry.createMany({ data }));
			}
		}),
		erasePerson: async (leaving, tx) => ({ count: await forget(leaving, tx) }),
		eraseAll: 'goes along',
		async expire(limit, tx) {
			const wedding = { heldOn: { lt: limit } };
			return tx.auditEntry.updateMany({
				where: { wedding, at: { lt: limit }, NOT: { data: { equals: {} } } },
				data: { data: {} }
			});
		},
		restore: 'stays'
	}
} satisfies Tables;

/** That something was done stays, by id alone. */
function forget({ id, weddingId, name, email, household, isLast }: Leaving, tx: Tx): Promise<number> {
	return tx.$executeRaw`
		UPDATE audit_entry SET data = '{}' WHERE wedding_id = ${weddingId}::uuid AND data <> '{}' AND (
			subject_id = ${id}::uuid OR (${isLast} AND subject_id = ${household.id}::uuid)
			OR strpos(data::text, to_jsonb(${name}::text)::text) > 0
			OR (${email} <> '' AND strpos(lower(data::text), lower(${email})) > 0)
		)`;
}
