import type pg from 'pg';

export type Columns = { name: string; columns: string[] };

/**
 * The tables of a schema, each after those that it refers to, with the columns that can be written; without the note
 * of which migrations were applied.
 */
export async function tables(client: pg.ClientBase, schema: string): Promise<Columns[]> {
	const { rows } = await client.query<Columns & { refersTo: string[] }>(
		`SELECT c.relname AS name,
			array(SELECT attname::text FROM pg_attribute
				WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
			array(SELECT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
				WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS "refersTo"
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname <> '_prisma_migrations' ORDER BY c.relname`,
		[schema]
	);
	const ordered: Columns[] = [];
	for (let left = rows; left.length > 0;) {
		const isWaiting = ({ refersTo }: (typeof rows)[0]) => left.some(({ name }) => refersTo.includes(name));
		const ready = left.filter((table) => !isWaiting(table));
		if (ready.length === 0) throw new Error('tables refer to each other in a circle');
		ordered.push(...ready.map(({ name, columns }) => ({ name, columns })));
		left = left.filter(isWaiting);
	}
	return ordered;
}

export function identifiers(names: string[]): string {
	return names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
}

/** How values are written down, whatever the server's own habits are. */
export const PLAIN = `SET LOCAL client_encoding = 'UTF8'; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD';
	SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
	SET LOCAL statement_timeout = 0`;
