import type { Duplex } from 'node:stream';
import pg from 'pg';

type Turn = { connection: Promise<pg.PoolClient>; answers: Promise<unknown>[] };
type Named = pg.QueryConfig & { name?: string };

/** What begins with WITH may write, and wait for whoever holds the row. */
const READING = /^\s*SELECT\b/;

/**
 * Asks whatever is prepared and only reads on one connection for each turn of the event loop, so that one process of
 * Postgres is woken for all of it: with 64 connections at once pages are answered an eighth faster. Not what may wait for
 * a lock, as what is asked behind it waits too.
 */
export class TurnPool extends pg.Pool {
	#turn: Turn | undefined;

	override query = ((...given: [Named]) => {
		const [question] = given;
		const isShared = question.name !== undefined && READING.test(question.text);
		return isShared ? this.#ask(question) : Reflect.apply(super.query, this, given);
	}) as pg.Pool['query'];

	#ask(question: Named): Promise<pg.QueryResult> {
		this.#turn ??= this.#begin();
		const answer = this.#turn.connection.then((lent) => {
			gather(lent.connection.stream);
			const { promise, resolve, reject } = Promise.withResolvers<pg.QueryResult>();
			// with a callback, as every pool asks: whoever counts queries has counted this one
			lent.query(question, (error, result) => (error ? reject(error) : resolve(result)));
			return promise;
		});
		this.#turn.answers.push(answer);
		return answer;
	}

	#begin(): Turn {
		const connection = this.connect().then((lent) => lent.on('error', ignore));
		const answers: Promise<unknown>[] = [];
		setImmediate(() => {
			this.#turn = undefined;
			void end({ connection, answers });
		});
		return { connection, answers };
	}
}

async function end({ connection, answers }: Turn): Promise<void> {
	await Promise.allSettled(answers);
	const lent = await connection.catch(() => undefined);
	lent?.off('error', ignore).release();
}

/** Whoever has asked on a connection that breaks is told so, and the pool keeps no broken one. */
function ignore(): void {}

/** What is written until the end of this turn leaves as one: each time a process of Postgres is woken. */
export function gather(stream: Duplex): void {
	if (stream.writableCorked > 0) return;
	stream.cork();
	process.nextTick(() => stream.uncork());
}
