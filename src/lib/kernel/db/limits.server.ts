import { rows } from './db.server.ts';
import { network } from '../http/network.ts';
import { Problem } from '../problem.ts';
import { together } from './together.server.ts';
import { digest } from '../token.ts';

/*
 * Limits are rows in Postgres, which also says what time it is: a restart does not forgive, and many processes count
 * as one, whatever their clocks say. Of a key (a network address, a nonce …) only the digest is stored.
 */

type Try = { key: string; seconds: number };
type Counted = { points: number; wait: number };

/** Tries that come at once are one write: of the same key each would wait until the one before is on disk. */
const count = together(async (tries: Try[]): Promise<Counted[]> => {
	const sameKey = Map.groupBy(tries, ({ key }) => key);
	const keys = [...sameKey.keys()];
	const counts = keys.map((key) => sameKey.get(key)!.length);
	const seconds = keys.map((key) => sameKey.get(key)![0]!.seconds);
	const found = await rows<Counted & { key: string }>('limit-count', COUNT, [keys, counts, seconds]);
	const counted = new Map<Try, Counted>();
	for (const { key, points, wait } of found) {
		const same = sameKey.get(key)!;
		for (const [n, one] of same.entries()) counted.set(one, { points: points - same.length + n + 1, wait });
	}
	return tries.map((one) => counted.get(one)!);
});

// in milliseconds, as `expire` is; locked in one order
const NOW = `(extract(epoch FROM now()) * 1000)::bigint`;
const COUNT = `
	INSERT INTO rate_limit AS r (key, points, expire)
	SELECT key, tries, ${NOW} + seconds * 1000 FROM unnest($1::text[], $2::int[], $3::int[]) AS t (key, tries, seconds)
	ORDER BY key
	ON CONFLICT (key) DO UPDATE SET
		points = CASE WHEN r.expire > ${NOW} THEN r.points ELSE 0 END + excluded.points,
		expire = CASE WHEN r.expire > ${NOW} THEN r.expire ELSE excluded.expire END
	RETURNING key, points, (expire - ${NOW})::float8 / 1000 AS wait`;

/** Counts one try of `key`. Throws 429 with Retry-After when there were `points` in the last `seconds` already. */
export async function take(name: string, key: string, points: number, seconds: number): Promise<void> {
	refuse(await count({ key: nameOf(name, key), seconds }), points);
}

/** As `count`: a write and its commit for all that come at once. */
const beginAnew = together(async (tries: Try[]): Promise<void[]> => {
	const seconds = new Map(tries.map((one) => [one.key, one.seconds]));
	await rows('limit-begin', BEGIN, [[...seconds.keys()], [...seconds.values()]]);
	return tries.map(() => undefined);
});

const BEGIN = `
	INSERT INTO rate_limit (key, points, expire)
	SELECT key, 0, ${NOW} + seconds * 1000 FROM unnest($1::text[], $2::int[]) AS t (key, seconds) ORDER BY key
	ON CONFLICT (key) DO UPDATE SET points = 0, expire = excluded.expire`;

/** Begins to count `key` anew, for `takeBegun`. */
export function begin(name: string, key: string, seconds: number): Promise<void> {
	return beginAnew({ key: nameOf(name, key), seconds });
}

/** As `take`, of a key that was begun; says whether it was. What nobody has begun leaves no row. */
export async function takeBegun(name: string, key: string, points: number): Promise<boolean> {
	const [counted] = await rows<Counted>(
		'limit-begun',
		`UPDATE rate_limit SET points = points + 1 WHERE key = $1 AND expire > ${NOW}
		RETURNING points, (expire - ${NOW})::float8 / 1000 AS wait`,
		[nameOf(name, key)]
	);
	if (counted) refuse(counted, points);
	return Boolean(counted);
}

/** Waits until `seconds` have passed since whoever came before with this name, in any process. */
export async function pace(name: string, seconds: number): Promise<void> {
	const [turn] = await rows<{ wait: number }>(
		'limit-pace',
		`INSERT INTO rate_limit AS r (key, expire) VALUES ($1, ${NOW} + $2::int)
		ON CONFLICT (key) DO UPDATE SET expire = greatest(r.expire, ${NOW}) + $2::int
		RETURNING (expire - $2::int - ${NOW})::float8 AS wait`,
		[`${name}:pace`, Math.round(seconds * 1000)]
	);
	if (turn!.wait > 0) await new Promise((wake) => setTimeout(wake, turn!.wait + 5));
}

/** Takes away what does not count any more. */
export async function sweep(): Promise<void> {
	await rows(
		'limit-sweep',
		`DELETE FROM rate_limit WHERE key IN (
			SELECT key FROM rate_limit WHERE expire < ${NOW} FOR UPDATE SKIP LOCKED
		)`,
		[]
	);
}

function refuse({ points: taken, wait: seconds }: Counted, points: number): void {
	if (taken <= points) return;
	const wait = Math.max(1, Math.ceil(seconds));
	const minutes = Math.ceil(wait / 60);
	throw new Problem(429, 'too_many', { minutes }, { 'retry-after': String(wait) });
}

/** Of a network address its network, whichever limit it is: nobody has to think of IPv6 again. */
function nameOf(name: string, key: string): string {
	return `${name}:${digest(network(key)).toString('base64url')}`;
}
