import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from './db.server.ts';
import { Problem } from './problem.ts';
import { together } from './together.ts';
import { digest } from './token.ts';

/** Limits are rows in Postgres: a restart does not forgive, and many processes count as one. */
const limiters = new Map<string, RateLimiterPostgres>();

function limiter(name: string, points: number, seconds: number): RateLimiterPostgres {
	const known = limiters.get(name);
	if (known) return known;
	const made = new RateLimiterPostgres({
		storeClient: pool,
		tableName: 'rate_limit',
		tableCreated: true,
		clearExpiredByTimeout: true,
		keyPrefix: name,
		points,
		duration: seconds
	});
	limiters.set(name, made);
	return made;
}

type Try = { limiter: RateLimiterPostgres; key: string };

/** Tries of one key that come at once are one write: each would wait until the one before is on disk. */
const count = together(async (tries: Try[]): Promise<RateLimiterRes[]> => {
	const counted = new Map<Try, RateLimiterRes>();
	const sameKey = Map.groupBy(tries, ({ limiter, key }) => limiter.getKey(key));
	const writes = [...sameKey.values()].map(async (same) => {
		const { limiter, key } = same[0]!;
		const { consumedPoints: last, msBeforeNext } = await limiter.penalty(key, same.length);
		for (const [n, one] of same.entries()) {
			counted.set(one, new RateLimiterRes(0, msBeforeNext, last - same.length + n + 1));
		}
	});
	await Promise.all(writes);
	return tries.map((one) => counted.get(one)!);
});

/**
 * Counts one try of `key` (a network address, a nonce …; only its digest is stored).
 * Throws 429 with Retry-After when there were `points` in the last `seconds` already.
 */
export async function take(name: string, key: string, points: number, seconds: number): Promise<void> {
	const { consumedPoints, msBeforeNext } = await count({
		limiter: limiter(name, points, seconds),
		key: digest(key).toString('base64url')
	});
	if (consumedPoints <= points) return;
	const wait = Math.max(1, Math.ceil(msBeforeNext / 1000));
	const minutes = Math.ceil(wait / 60);
	throw new Problem(429, 'too_many', { minutes }, { 'retry-after': String(wait) });
}

/** Begins to count `key` anew. */
export async function forgive(name: string, key: string, points: number, seconds: number): Promise<void> {
	await limiter(name, points, seconds).delete(digest(key).toString('base64url'));
}

/**
 * Waits until `seconds` have passed since the last call with this name, in any process. Of two that wait the one with
 * less `patienceMs` is first.
 */
export async function pace(name: string, seconds: number, patienceMs = 0): Promise<void> {
	for (;;) {
		try {
			return void (await limiter(name, 1, seconds).consume('pace'));
		} catch (refusal) {
			if (!(refusal instanceof RateLimiterRes)) throw refusal;
			await new Promise((wake) => setTimeout(wake, refusal.msBeforeNext + 5 + patienceMs));
		}
	}
}
