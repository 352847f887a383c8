import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Problem } from '../../lib/kernel/problem.ts';
import { LEFT_OUT, UPDATES } from './restored.server.ts';
import type { Manifest, Piece, Table } from './snapshot.ts';
import { identifiers, PLAIN, tables } from './tables.server.ts';

/** Where a backup is put together before anything that is there is touched; gone when the transaction ends. */
const STAGE = 'vowtape_restore';

export type Migration = { name: string; sql: string; checksum: string };

export type Read = (piece: Piece) => AsyncIterable<Uint8Array>;

/**
 * Loads the tables of a backup into what its migrations made, in a schema of its own, counts and compares them, and
 * then applies the migrations that came later. Throws a Problem when anything is not as the manifest says.
 */
export async function stage(
	client: pg.ClientBase,
	manifest: Manifest,
	migrations: Migration[],
	read: Read
): Promise<void> {
	await client.query(PLAIN);
	await client.query(`CREATE SCHEMA ${STAGE}; SET LOCAL search_path = ${STAGE}`);
	const had = new Set(manifest.migrations.map(({ name }) => name));
	for (const { sql } of migrations.filter(({ name }) => had.has(name))) await client.query(sql);
	for (const table of await known(client, manifest)) await load(client, table, read);
	for (const { sql } of migrations.filter(({ name }) => !had.has(name))) await client.query(sql);
}

/** The tables of the backup, in the order in which they can be filled. */
async function known(client: pg.ClientBase, manifest: Manifest): Promise<Table[]> {
	const byName = new Map(manifest.tables.map((table) => [table.name, table]));
	const made = (await tables(client, STAGE)).filter(({ name }) => !LEFT_OUT.has(name));
	const isSame =
		made.length === byName.size &&
		made.every(
			({ name, columns }) => byName.get(name)?.columns.toSorted().join() === columns.toSorted().join()
		);
	if (!isSame)
		throw new Problem('The backup holds other tables than its migrations make: it is not of this program.');
	return made.map(({ name }) => byName.get(name)!);
}

async function load(client: pg.ClientBase, { name, columns, rows, pieces, sha256 }: Table, read: Read) {
	const sum = createHash('sha256');
	const into = client.query(copyFrom(`COPY ${identifiers([name])} (${identifiers(columns)}) FROM STDIN`));
	await pipeline(async function* () {
		for (const piece of pieces) {
			for await (const part of read(piece)) {
				sum.update(part);
				yield part;
			}
		}
	}, into);
	if (into.rowCount !== rows || sum.digest('hex') !== sha256)
		throw new Problem(`The table ${name} of the backup is not whole: ${into.rowCount} of ${rows} rows.`);
}

/**
 * Makes the live tables what was staged, in the same transaction: nobody sees anything in between. What lets people
 * in stays empty, and what waited is not done again, for it may have been since the backup: see Table.restore. Throws
 * a Problem when the counts are not the same in the end.
 */
export async function replace(client: pg.ClientBase, schema: string, manifest: Manifest): Promise<void> {
	await client.query(`SET LOCAL search_path = ${identifiers([schema])}; SET LOCAL lock_timeout = '60s'`);
	const staged = await tables(client, STAGE);
	await client.query(`TRUNCATE ${identifiers(staged.map(({ name }) => name))}`);
	for (const { name, columns } of staged.filter(({ name }) => !LEFT_OUT.has(name))) {
		const [table] = [identifiers([name])];
		const values = await asIn(client, schema, name, columns);
		await client.query(
			`INSERT INTO ${table} (${identifiers(columns)}) SELECT ${values} FROM ${STAGE}.${table}`
		);
		const { rows } = await client.query(
			`SELECT (SELECT count(*) FROM ${table}) = (SELECT count(*) FROM ${STAGE}.${table}) AS "isSame"`
		);
		if (!rows[0].isSame) throw new Problem(`The table ${name} did not arrive whole.`);
	}
	for (const update of UPDATES) await client.query(update);
	const sums = manifest.recordings.filter(({ sha256 }) => sha256);
	for (const table of ['recording', 'voice'])
		await client.query(
			`UPDATE ${table} AS file SET sha256 = decode(sum, 'hex') FROM unnest($1::uuid[], $2::text[]) AS known (id, sum)
			WHERE file.id = known.id AND file.sha256 IS NULL`,
			[sums.map(({ id }) => id), sums.map(({ sha256 }) => sha256)]
		);
	await client.query(`DROP SCHEMA ${STAGE} CASCADE`);
}

/** An enum of one schema is not that of another, whatever its name: those columns go through text. */
async function asIn(
	client: pg.ClientBase,
	schema: string,
	table: string,
	columns: string[]
): Promise<string> {
	const { rows } = await client.query<{ name: string; type: string }>(
		`SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
		WHERE c.relnamespace = $1::regnamespace AND c.relname = $2 AND t.typnamespace = $1::regnamespace`,
		[identifiers([schema]), table]
	);
	const own = new Map(rows.map(({ name, type }) => [name, type]));
	return columns
		.map((column) => {
			const name = identifiers([column]);
			return own.has(column) ? `${name}::text::${own.get(column)}` : name;
		})
		.join(', ');
}
