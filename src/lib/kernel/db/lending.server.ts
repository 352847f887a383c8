import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';

/*
 * Lends the connection on which Prisma has begun a transaction to statements of our own, which join it: one that is
 * asked through Prisma's engine takes three times as much of the processor.
 */

/** Of one transaction: undefined until it has begun, null when it is over. */
type Lent = { client?: pg.PoolClient | null };

const beginning = new AsyncLocalStorage<Lent>();
const all = new WeakMap<object, Lent>();

/** `open` begins a transaction of Prisma's, and hands it to `join` before anything else. */
export function lend<Result>(open: (join: (transaction: object) => void) => Result): Result {
	const lent: Lent = {};
	return beginning.run(lent, () => open((transaction) => all.set(transaction, lent)));
}

/** The connection that a transaction is on; none when it is over. */
export function connectionOf(transaction: object): pg.PoolClient | null | undefined {
	return all.get(transaction)?.client;
}

export class Lending extends PrismaPg {
	override async connect() {
		const adapter = await super.connect();
		const start = adapter.startTransaction;
		adapter.startTransaction = async (...given) => {
			const transaction = await start.apply(adapter, given);
			const lent = beginning.getStore();
			// Prisma may begin others of its own inside
			if (lent && lent.client === undefined) keep(transaction, lent);
			return transaction;
		};
		return adapter;
	}
}

type Transaction = Awaited<ReturnType<Awaited<ReturnType<PrismaPg['connect']>>['startTransaction']>>;

/** Until it ends, which may be by the clock: what came after that would be in no transaction, or in somebody else's. */
function keep(transaction: Transaction, lent: Lent): void {
	lent.client = (transaction as unknown as { client: pg.PoolClient }).client;
	const execute = transaction.executeRaw;
	transaction.executeRaw = (statement) => {
		if (/^(COMMIT|ROLLBACK)$/.test(statement.sql)) lent.client = null;
		return execute.call(transaction, statement);
	};
}
