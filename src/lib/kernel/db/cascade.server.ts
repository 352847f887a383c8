import type { Tx } from './db.server.ts';
import { inOrder, type Link, readKeys, readLinks } from './links.server.ts';

/* Rows that go, with all that go along with them, as they can be put back: under the ids that they had. */

type Row = Record<string, unknown>;
export type Kept = {
	/** by table, as JSON has them */
	rows: Record<string, Row[]>;
	/** those that stay, and do not know any more what they referred to */
	loosened: { table: string; keys: string[]; columns: string[]; rows: Row[] }[];
	/** tables of the rows that were chosen themselves */
	chosen: string[];
};

/** By the names of their tables, and of columns that tell which: all values of each are of one row. */
export type Chosen = Record<string, Row[]>;

/**
 * Everything that the database takes along when these rows are deleted: asked before that, in the same transaction.
 * Tables in `without` are left out.
 */
export async function collect(chosen: Chosen, without: ReadonlySet<string>, tx: Tx): Promise<Kept> {
	const links = await readLinks(tx);
	const keys = await readKeys(tx);
	const found = new Map<string, Map<string, Row>>();
	const loosened: Kept['loosened'] = [];
	const todo: { table: string; rows: Row[] }[] = [];
	for (const [table, some] of Object.entries(chosen)) todo.push({ table, rows: await find(table, some, tx) });
	for (let next; (next = todo.shift());) {
		const { table } = next;
		const known = found.get(table) ?? new Map<string, Row>();
		const fresh = next.rows.filter((row) => !known.has(JSON.stringify(row)));
		if (fresh.length === 0) continue;
		for (const row of fresh) known.set(JSON.stringify(row), row);
		found.set(table, known);
		for (const link of links.filter(({ parent, child }) => parent === table && !without.has(child))) {
			if (link.fate === 'forbids it') continue;
			const children = await findChildren(link, fresh, tx);
			if (link.fate === 'goes along') todo.push({ table: link.child, rows: children });
			else if (children.length > 0)
				loosened.push({
					...{ table: link.child, columns: link.columns, rows: children },
					keys: keys.get(link.child)!
				});
		}
	}
	return {
		rows: Object.fromEntries([...found].map(([table, known]) => [table, [...known.values()]])),
		loosened,
		chosen: Object.keys(chosen)
	};
}

/**
 * Puts them back, and gives back of which tables some could not be: something that they refer to is gone since, or somebody
 * else has the place that only one can have.
 */
export async function putBack(kept: Kept, tx: Tx): Promise<string[]> {
	const links = await readLinks(tx);
	const left: string[] = [];
	for (const table of inOrder(Object.keys(kept.rows), links)) {
		const own = links.filter(({ child }) => child === table);
		const some = kept.rows[table]!;
		if ((await insert(table, some, own, tx)) < some.length) left.push(table);
	}
	for (const { table, keys, columns, rows: some } of kept.loosened) {
		const own = links.filter(({ child }) => child === table);
		await tighten(
			{ table, keys, columns, link: own.find((link) => isSame(link.columns, columns))! },
			some,
			tx
		);
	}
	return left;
}

const isSame = (some: string[], others: string[]) => some.join() === others.join();

const pairs = (left: string, columns: string[], right: string, others: string[]) =>
	columns.map((column, n) => `${left}.${column} = ${right}.${others[n]}`).join(' AND ');

async function find(table: string, chosen: Row[], tx: Tx): Promise<Row[]> {
	if (chosen.length === 0) return [];
	const columns = Object.keys(chosen[0]!);
	return ask(
		`SELECT to_jsonb(t) AS row FROM ${table} t JOIN jsonb_populate_recordset(NULL::${table}, $1::jsonb) c
		ON ${pairs('t', columns, 'c', columns)}`,
		chosen,
		tx
	);
}

function findChildren({ child, columns, parent, keys }: Link, parents: Row[], tx: Tx): Promise<Row[]> {
	return ask(
		`SELECT DISTINCT to_jsonb(c) AS row FROM ${child} c
		JOIN jsonb_populate_recordset(NULL::${parent}, $1::jsonb) p ON ${pairs('c', columns, 'p', keys)}`,
		parents,
		tx
	);
}

async function ask(text: string, given: Row[], tx: Tx): Promise<Row[]> {
	const found = await tx.$queryRawUnsafe<{ row: Row }[]>(text, JSON.stringify(given));
	return found.map(({ row }) => row);
}

/** Of a row that refers to what is gone, this is what would have become by then. */
async function insert(table: string, some: Row[], links: Link[], tx: Tx): Promise<number> {
	const loose = links.filter(({ fate }) => fate === 'is loosened');
	const values = Object.keys(some[0]!).map((name) => {
		const link = loose.find(({ columns }) => columns.length === 1 && columns[0] === name);
		return link ? `CASE WHEN ${isThere(link)} THEN r.${name} END` : `r.${name}`;
	});
	const needed = links.filter(({ fate }) => fate !== 'is loosened').map(isThere);
	const text = `INSERT INTO ${table} (${Object.keys(some[0]!).join(', ')})
		SELECT ${values.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) r
		WHERE ${['true', ...needed].join(' AND ')} ON CONFLICT DO NOTHING RETURNING 1 AS done`;
	return (await tx.$queryRawUnsafe<unknown[]>(text, JSON.stringify(some))).length;
}

/** What a row `r` refers to, if it does, is there, or comes with it. */
function isThere({ child, columns, parent, keys }: Link): string {
	const none = columns.map((column) => `r.${column} IS NULL`).join(' OR ');
	const found = (where: string) => `EXISTS (SELECT FROM ${where} p WHERE ${pairs('p', keys, 'r', columns)})`;
	const along =
		child === parent ? ` OR ${found(`jsonb_populate_recordset(NULL::${parent}, $1::jsonb)`)}` : '';
	return `(${none} OR ${found(parent)}${along})`;
}

type Loose = { table: string; keys: string[]; columns: string[]; link: Link };

/** Those that refer to nothing yet. */
async function tighten({ table, keys, columns, link }: Loose, some: Row[], tx: Tx): Promise<void> {
	const text = `UPDATE ${table} t SET ${columns.map((column) => `${column} = r.${column}`).join(', ')}
		FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) r
		WHERE ${pairs('t', keys, 'r', keys)} AND ${columns.map((column) => `t.${column} IS NULL`).join(' AND ')}
			AND ${isThere(link)} RETURNING 1 AS done`;
	await tx.$queryRawUnsafe(text, JSON.stringify(some));
}
