import { z } from 'zod';
import {
	accountHere,
	archived,
	type Gone,
	inBatches,
	type Leaving,
	type Tables
} from '../kernel/db/table.server.ts';
import { RunState } from '../../../prisma/client/client.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { sameAs } from '../kernel/text/address.ts';
import * as mailbox from '../mail/mailbox.server.ts';
import { olderThan } from '../weddings/wedding.ts';
import { isWaiting, STATES } from './message.ts';

const WAITING = STATES.filter(isWaiting);
const HAS_LEFT = STATES.filter((state) => !isWaiting(state));

const ArchivedRun = z.strictObject({ id, kind: z.string(), state: z.enum(RunState), createdAt: at });
const ArchivedMessage = z.strictObject({
	...{
		id,
		kind: z.string(),
		runId: maybe(id),
		payload: z.record(z.string(), z.json()),
		language: z.string()
	},
	...{ accountId: maybe(id), householdId: maybe(id), guestId: maybe(id), sendAfter: at, createdAt: at }
});
const ArchivedDelivery = z.strictObject({
	...{ id, messageId: id, channel: z.string(), address: z.string(), name: z.string() },
	...{ state: z.enum(HAS_LEFT), reason: maybe(z.string()), sentAt: maybe(at) },
	providerId: maybe(z.string()).default(null)
});

type Where = NonNullable<NonNullable<Parameters<Tx['message']['findMany']>[0]>['where']>;

// what still waits is sent by the old install, or by nobody: two would send it twice
const hasLeft = { deliveries: { none: { state: { in: WAITING } } } } satisfies Where;
const expired = (limit: Date): Where => ({ ...olderThan(limit), ...hasLeft });

export const tables = {
	Run: {
		archive: archived({
			key: 'runs',
			schema: z.array(ArchivedRun).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) =>
				tx.run.findMany({ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.run.createMany({ data })
				)
		}),
		erasePerson: 'holds nothing',
		eraseAll: (weddingId, tx) => tx.run.deleteMany({ where: { weddingId } }),
		expire: (limit, tx) =>
			tx.run.deleteMany({ where: { ...olderThan(limit), messages: { every: hasLeft } } }),
		restore: { update: `UPDATE run SET state = 'paused' WHERE state = 'running'` }
	},
	Chunk: {
		archive: { staysBehind: 'what is on its way is sent by the old install' },
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: (limit, tx) =>
			tx.chunk.deleteMany({ where: { handedAt: { lt: limit }, wedding: { heldOn: { lt: limit } } } }),
		restore: { update: 'DELETE FROM chunk' }
	},
	Message: {
		archive: archived({
			key: 'messages',
			schema: z.array(ArchivedMessage),
			leavesOut: {},
			refersTo: { householdId: 'households', runId: 'runs' },
			collect: (weddingId, tx) =>
				tx.message.findMany({
					where: { weddingId, ...hasLeft },
					...{ omit: { weddingId: true }, orderBy: { id: 'asc' } }
				}),
			store(rows, into, tx) {
				const { weddingId } = into;
				const own = rows.map((row) => ({ ...row, weddingId, accountId: accountHere(into, row.accountId) }));
				return inBatches(own, (data) => tx.message.createMany({ data }));
			}
		}),
		erasePerson,
		eraseAll: (weddingId, tx) => erase({ weddingId }, tx),
		expire: (limit, tx) => erase(expired(limit), tx),
		restore: 'stays'
	},
	Delivery: {
		archive: archived({
			key: 'deliveries',
			schema: z.array(ArchivedDelivery),
			leavesOut: { chunkId: 'the chunk stays behind' },
			refersTo: { messageId: 'messages' },
			collect: (weddingId, tx) =>
				tx.delivery.findMany({
					where: { weddingId, message: hasLeft },
					...{ omit: { weddingId: true, chunkId: true }, orderBy: { id: 'asc' } }
				}),
			store: (rows, { weddingId }, tx) =>
				inBatches(
					rows.map((row) => ({ ...row, weddingId })),
					(data) => tx.delivery.createMany({ data })
				)
		}),
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.delivery.deleteMany({ where: { message: expired(limit) } }),
		// it may have left after the backup: the couple sees which it is, and is asked
		restore: {
			update: `UPDATE delivery SET state = 'unsure', reason = 'restored' WHERE state IN ('queued', 'sending')`
		}
	}
} satisfies Tables;

/** A mail to an address that somebody else of the wedding has stays, without a name. */
async function erasePerson(leaving: Leaving, tx: Tx): Promise<Gone> {
	const { id: guestId, weddingId, email, isShared, household, isLast } = leaving;
	const toThem = { some: { address: sameAs(email) } };
	if (isShared) {
		await tx.delivery.updateMany({ where: { weddingId, address: sameAs(email) }, data: { name: '' } });
		await tx.message.updateMany({ where: { weddingId, deliveries: toThem }, data: { guestId: null } });
	}
	const theirs = [
		{ guestId },
		...(email && !isShared ? [{ deliveries: toThem }] : []),
		...(isLast ? [{ householdId: household.id }] : [])
	];
	return erase({ weddingId, OR: theirs }, tx);
}

/** Counts deliveries, which go with their messages. */
async function erase(where: Where, tx: Tx): Promise<Gone> {
	const deliveries = await tx.delivery.findMany({ where: { message: where }, select: { id: true } });
	const messages = await tx.message.findMany({ where, select: { id: true } });
	await inBatches(messages, (some) =>
		tx.message.deleteMany({ where: { id: { in: some.map(({ id }) => id) } } })
	);
	const ids = deliveries.map(({ id }) => id);
	return { count: ids.length, afterwards: () => mailbox.forget(ids) };
}
