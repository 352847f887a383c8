import { rows } from './db.server.ts';

/*
 * What a service outside lets us do, as it says with its answers: so many more until then. A row in Postgres, beside
 * our own limits, so that all processes know what one of them was told, by one clock.
 */

/** So many are left, for so many seconds more. */
export type Allowance = { left: number; seconds: number };

/** When it begins anew: a moment, or so many seconds from now. */
export type Reset = Date | number;

const NOW = `(extract(epoch FROM now()) * 1000)::bigint`;
const key = (name: string) => `${name}:allowance`;

/** Remembers that so many are left until then: what was said last is what counts. */
export async function note(name: string, left: number, reset: Reset): Promise<void> {
	const isMoment = reset instanceof Date;
	await rows(
		'allowance-note',
		`INSERT INTO rate_limit (key, points, expire)
		VALUES ($1, $2::int, coalesce($3::bigint, ${NOW} + $4::bigint))
		ON CONFLICT (key) DO UPDATE SET points = excluded.points, expire = excluded.expire`,
		[
			key(name),
			Math.max(0, Math.floor(left)),
			isMoment ? reset.getTime() : null,
			isMoment ? 0 : Math.ceil(reset * 1000)
		]
	);
}

/** What is left of these now, by their names; of one that nobody has said, or that has begun anew, nothing is known. */
export async function find<Name extends string>(names: Name[]): Promise<{ [name in Name]?: Allowance }> {
	const found = await rows<Allowance & { name: Name }>(
		'allowance-find',
		`SELECT name, points AS left, (expire - ${NOW})::float8 / 1000 AS seconds
		FROM unnest($1::text[], $2::text[]) AS asked (name, key) JOIN rate_limit USING (key) WHERE expire > ${NOW}`,
		[names, names.map(key)]
	);
	const pairs = found.map(({ name, left, seconds }) => [name, { left, seconds }]);
	return Object.fromEntries(pairs) as { [name in Name]?: Allowance };
}
