import { rows, type Tx } from './db.server.ts';

/** One foreign key: names as SQL has them, quoted where they need it. */
export type Link = {
	child: string;
	columns: string[];
	parent: string;
	keys: string[];
	/** what becomes of the child when its parent goes */
	fate: 'goes along' | 'is loosened' | 'forbids it';
};

const NAMES = (table: string, numbers: string) => `(
	SELECT array_agg(quote_ident(attname) ORDER BY n) FROM unnest(${numbers}) WITH ORDINALITY AS k (number, n)
	JOIN pg_attribute ON attrelid = ${table} AND attnum = k.number
)`;

/** As the database has them now: a release that is just coming up may have added some. */
export function readLinks(tx: Tx): Promise<Link[]> {
	return rows<Link>(
		'links',
		`SELECT conrelid::regclass::text AS child, ${NAMES('conrelid', 'conkey')} AS columns,
			confrelid::regclass::text AS parent, ${NAMES('confrelid', 'confkey')} AS keys,
			CASE confdeltype WHEN 'c' THEN 'goes along' WHEN 'n' THEN 'is loosened' ELSE 'forbids it' END AS fate
		FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname`,
		[],
		tx
	);
}

/** Of each table the columns of its primary key. */
export async function readKeys(tx: Tx): Promise<Map<string, string[]>> {
	const found = await rows<{ name: string; keys: string[] }>(
		'primary-keys',
		`SELECT conrelid::regclass::text AS name, ${NAMES('conrelid', 'conkey')} AS keys
		FROM pg_constraint WHERE contype = 'p' AND connamespace = current_schema()::regnamespace`,
		[],
		tx
	);
	return new Map(found.map(({ name, keys }) => [name, keys]));
}

/** Each after those that it refers to. */
export function inOrder(tables: Iterable<string>, links: Link[]): string[] {
	const left = new Set(tables);
	const ordered: string[] = [];
	while (left.size > 0) {
		const waits = (table: string) =>
			links.some(({ child, parent }) => child === table && parent !== table && left.has(parent));
		const next = [...left].find((table) => !waits(table));
		if (!next) throw new Error(`tables refer to each other: ${[...left].join(', ')}`);
		left.delete(next);
		ordered.push(next);
	}
	return ordered;
}
