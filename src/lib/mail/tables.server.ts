import { z } from 'zod';
import {
	accountHere,
	archived,
	type Gone,
	inBatches,
	type Leaving,
	type Tables
} from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { sameAs } from '../kernel/text/address.ts';
import { olderThan } from '../weddings/wedding.ts';
import * as mailbox from './mailbox.server.ts';

const Archived = z.strictObject({
	...{ id, kind: z.string(), address: z.string(), name: z.string(), language: z.string() },
	...{ accountId: maybe(id), householdId: maybe(id), guestId: maybe(id), next: z.string() },
	...{ state: z.enum(['sent', 'undeliverable']), reason: maybe(z.string()) },
	...{ createdAt: at, sentAt: maybe(at) }
});

type Where = NonNullable<NonNullable<Parameters<Tx['mail']['findMany']>[0]>['where']>;

export const tables = {
	Mail: {
		archive: archived({
			key: 'mails',
			schema: z.array(Archived),
			leavesOut: { nonceHash: 'it is of a browser that asked for a link, which would be refused elsewhere' },
			refersTo: { householdId: 'households' },
			// what still waits is sent by the old install, or by nobody: two would send it twice
			collect: (weddingId, tx) =>
				tx.mail.findMany({
					where: { weddingId, state: { not: 'queued' } },
					...{ omit: { weddingId: true, nonceHash: true }, orderBy: { id: 'asc' } }
				}),
			store(rows, into, tx) {
				const { weddingId } = into;
				const own = rows.map((row) => ({ ...row, weddingId, accountId: accountHere(into, row.accountId) }));
				return inBatches(own, (data) => tx.mail.createMany({ data }));
			}
		}),
		erasePerson,
		eraseAll: (weddingId, tx) => erase({ weddingId }, tx),
		expire: (limit, tx) => erase({ ...olderThan(limit), state: { not: 'queued' } }, tx),
		// it may have left after the backup: the couple sees which it is, and is asked
		restore: { update: `UPDATE mail SET state = 'undeliverable', reason = 'restored' WHERE state = 'queued'` }
	}
} satisfies Tables;

/** A mail to an address that somebody else of the wedding has stays, without a name. */
async function erasePerson(leaving: Leaving, tx: Tx): Promise<Gone> {
	const { id: guestId, weddingId, email, isShared, household, isLast } = leaving;
	const to = sameAs(email);
	if (isShared)
		await tx.mail.updateMany({ where: { weddingId, address: to }, data: { name: '', guestId: null } });
	const theirs = [
		{ guestId },
		...(email && !isShared ? [{ address: to }] : []),
		...(isLast ? [{ householdId: household.id }] : [])
	];
	return erase({ weddingId, OR: theirs }, tx);
}

async function erase(where: Where, tx: Tx): Promise<Gone> {
	const mails = await tx.mail.findMany({ where, select: { id: true } });
	const ids = mails.map(({ id }) => id);
	await inBatches(ids, (some) => tx.mail.deleteMany({ where: { id: { in: some } } }));
	return { count: ids.length, afterwards: () => mailbox.forget(ids) };
}
