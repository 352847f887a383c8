import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../../../prisma/client/client.ts';
import { Problem } from './problem.ts';
import { settings } from './settings.server.ts';

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
 * nothing is prepared. What is prepared is planned once: Postgres would plan the list of recordings each time anew,
 * which takes longer than to ask it.
 */
const limits = {
	statement_timeout: 5000,
	lock_timeout: 5000,
	options: '-c plan_cache_mode=force_generic_plan'
};

// a day is its midnight in UTC, as Prisma has it: pg would take that of the machine's own zone
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => new Date(`${day}T00:00:00Z`));

const isPooled = Boolean(settings.DATABASE_DIRECT_URL);

/** Everything in the process shares these ten connections; what waits longer than the limits is refused. */
export const pool = new pg.Pool({
	connectionString: settings.DATABASE_URL,
	max: 10,
	connectionTimeoutMillis: 3000,
	// of a Postgres that hangs, which keeps no limit of its own any more
	query_timeout: 4500,
	application_name: 'vowtape',
	...(isPooled ? { Client: Unprepared } : limits)
});
// an idle connection that breaks (Postgres restarted) is replaced by the next query
pool.on('error', () => {});

export const db = new PrismaClient({ adapter: new PrismaPg(pool) });

export type Tx = Prisma.TransactionClient;

/**
 * A query that is prepared once a connection, unless a pooler is in between: where that counts, for it costs
 * a third of Prisma's, and where Prisma has no words for it. `name` must be different for every text.
 */
export async function rows<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
	return (await pool.query({ name, text, values })).rows as Row[];
}

const AWAY = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'P1001',
	'P1017',
	'P2024',
	// Postgres is stopping, was killed, or is not yet ready (PostgreSQL manual, appendix A)
	'57P01',
	'57P02',
	'57P03'
]);

/** Turns "the database cannot be reached" into the refusal that pages show; leaves every other error alone. */
export function asProblem(error: unknown): unknown {
	const { code, syscall, message = '', cause } = error as NodeJS.ErrnoException & { cause?: unknown };
	const isAway =
		(code && AWAY.has(code)) ||
		// its socket is a file, and other files can be missing too
		(code === 'ENOENT' && syscall === 'connect') ||
		/timeout exceeded when trying to connect|Query read timeout|Connection terminated|DatabaseNotReachable|Can't reach database|query_wait_timeout|server_login_retry/i.test(
			message
		);
	if (isAway) return new Problem(503, 'database_away', {}, { 'retry-after': '5' });
	return cause ? (asProblem(cause) instanceof Problem ? asProblem(cause) : error) : error;
}
