import pg from 'pg';
import { Prisma, PrismaClient } from '../../../../prisma/client/client.ts';
import { Problem } from '../problem.ts';
import { settings } from '../settings.server.ts';
import { connectionOf, lend, Lending } from './lending.server.ts';
import { gather, TurnPool } from './turn.server.ts';

/*
 * Two transactions that lock the same rows in different orders wait for each other. A new row locks what it refers to
 * (FOR KEY SHARE), and a row that goes takes along what refers to it. So everybody locks in one order, from the row that
 * the others belong to down to the last (the domain at the root of all says which). Who meets all the same is
 * tried again: by `transaction`, and by `rows` for a single statement.
 */

/**
 * A pooler in transaction mode lends each transaction another of its connections, which knows nothing of what was
 * prepared on the one before. (From 1.21 on pgbouncer can be told to keep track; Debian 12 has 1.18.)
 */
class Unprepared extends pg.Client {
	override query = (...given: unknown[]) => {
		const [question] = given;
		if (question && typeof question === 'object' && 'text' in question)
			given[0] = { ...question, name: undefined };
		return Reflect.apply(super.query, this, given) as never;
	};
}

/**
 * A pooler does not pass these on and refuses whoever sends them: there the timeouts stand in pgbouncer.ini, and
 * nothing is prepared. What is prepared is planned once: Postgres would plan the longest of our queries each time anew,
 * which takes longer than to ask it.
 */
const limits = {
	statement_timeout: 4000,
	lock_timeout: 4000,
	options: '-c plan_cache_mode=force_generic_plan'
};

// a day is its midnight in UTC, as Prisma has it: pg would take that of the machine's own zone
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => new Date(`${day}T00:00:00Z`));

const isPooled = Boolean(settings.DATABASE_DIRECT_URL);

/** Everything in the process shares these ten connections; what waits longer than the limits is refused. */
export const pool = new TurnPool({
	connectionString: settings.DATABASE_URL,
	max: 10,
	connectionTimeoutMillis: 3000,
	// of a Postgres that hangs, which keeps no limit of its own any more: those are shorter
	query_timeout: 4500,
	// what a transaction asks in one turn is sent without waiting, and done in its order
	pipeline: true,
	application_name: 'vowtape',
	...(isPooled ? { Client: Unprepared } : limits)
});
// an idle connection that breaks (Postgres restarted) is replaced by the next query
pool.on('error', () => {});

export const db = new PrismaClient({
	adapter: new Lending(pool),
	// longer than the pool's, which knows whether Postgres is away or all connections are taken
	transactionOptions: { maxWait: 4000 }
});

export type Tx = Prisma.TransactionClient;

type Options = { timeout?: number; maxWait?: number; isolationLevel?: Prisma.TransactionIsolationLevel };

/** One fact. `act` may be called again from its beginning, and so does nothing that its transaction cannot take back. */
export function transaction<Result>(act: (tx: Tx) => Promise<Result>, options?: Options): Promise<Result> {
	return persist(() =>
		lend((join) =>
			db.$transaction((tx) => {
				join(tx);
				return act(tx);
			}, options)
		)
	);
}

/** What time it is for rows, whatever the clock of this machine says: one time for all of a transaction. */
export async function now(tx: Tx = db): Promise<Date> {
	const [time] = await rows<{ now: Date }>('now', 'SELECT now()', [], tx);
	return time!.now;
}

/**
 * A query that is prepared once a connection, unless a pooler is in between: where that counts, for it costs
 * a third of Prisma's, and where Prisma has no words for it. `name` must be different for every text, of which there is
 * a fixed number. In a transaction it is part of that, on the same connection.
 */
export async function rows<Row>(name: string, text: string, values: unknown[], tx: Tx = db): Promise<Row[]> {
	if (tx === db) return (await persist(() => pool.query({ name, text, values }))).rows as Row[];
	const connection = connectionOf(tx);
	// one that is over is refused by Prisma
	if (!connection) return tx.$queryRawUnsafe<Row[]>(text, ...values);
	gather(connection.connection.stream);
	return (await connection.query({ name, text, values })).rows as Row[];
}

/** Something has changed under a transaction, which is to begin anew. */
export class TryAgain extends Error {
	readonly code = '40001';
}

const MOST_TRIES = 4;

/** Two waited for each other, or somebody removed meanwhile what a row refers to: whoever asks again is told that. */
const PASSING = new Set(['40001', '40P01', 'P2034', '23503', 'P2025']);

async function persist<Result>(act: () => Promise<Result>): Promise<Result> {
	for (let tries = 1; ; tries++) {
		try {
			return await act();
		} catch (error) {
			if (tries === MOST_TRIES || !PASSING.has(codeOf(error))) throw error;
			// whoever was waited for goes first: at once they would meet again
			await new Promise((wake) => setTimeout(wake, tries * (10 + 40 * Math.random())));
		}
	}
}

/** Postgres's own (its manual, appendix A), else Prisma's, else the system's. */
function codeOf(error: unknown): string {
	const { code, meta } = error as { code?: string; meta?: Prisma.PrismaClientKnownRequestError['meta'] };
	const adapter = meta?.driverAdapterError as { cause?: { originalCode?: string } } | undefined;
	return adapter?.cause?.originalCode ?? code ?? '';
}

const AWAY = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'P1001',
	'P1017',
	// Postgres is stopping, was killed, or is not yet ready
	'57P01',
	'57P02',
	'57P03'
]);

/** Still, after all tries; or it took too long: a statement, a lock, a transaction, a connection. */
const BUSY = new Set(['40001', '40P01', 'P2034', '57014', '55P03', 'P2028', '53300']);

const GONE = new Set(['23503', 'P2003', 'P2025']);

/**
 * Turns what is nobody's mistake into the refusal that pages show: the database cannot be reached or is busy, or
 * somebody has just removed what this is about. Leaves every other error alone.
 */
export function asProblem(error: unknown): unknown {
	const { syscall, message = '', cause } = error as NodeJS.ErrnoException & { cause?: unknown };
	const code = codeOf(error);
	const isAway =
		AWAY.has(code) ||
		// its socket is a file, and other files can be missing too
		(code === 'ENOENT' && syscall === 'connect') ||
		/Query read timeout|Connection terminated|DatabaseNotReachable|Can't reach database|query_wait_timeout|server_login_retry/i.test(
			message
		);
	if (isAway) return new Problem(503, 'database_away', {}, { 'retry-after': '5' });
	const isBusy = BUSY.has(code) || message === 'timeout exceeded when trying to connect';
	if (isBusy) return new Problem(503, 'busy', {}, { 'retry-after': '5' });
	if (GONE.has(code)) return new Problem(410, 'gone');
	return cause ? (asProblem(cause) instanceof Problem ? asProblem(cause) : error) : error;
}
