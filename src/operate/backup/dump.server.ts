import { createHash, type Hash } from 'node:crypto';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { Problem } from '../../lib/kernel/problem.ts';
import { LEFT_OUT } from './restored.server.ts';
import type { Manifest, Table } from './snapshot.ts';
import { identifiers, PLAIN, tables } from './tables.server.ts';

/** A table is cut into pieces of this size: one that only grows costs its last piece each time. */
const PIECE_BYTES = 4 << 20;

/** Stores a content under its sum unless it is there; gives back the sum. */
export type Keep = (content: Uint8Array) => Promise<string>;

export type Row = { id: string; format: string; bytes: number; sha256: string | null };

export type Dump = Pick<Manifest, 'migrations' | 'tables'> & { recordings: Row[] };

/**
 * Every table of ours as it was at one moment. Those of the job queue are not ours: what is to be done stands in our
 * own rows, and pg-boss makes its tables anew.
 */
export async function dump(client: pg.Client, keep: Keep): Promise<Dump> {
	await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
	try {
		await client.query(PLAIN);
		const known = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "isOurs"`);
		if (!known.rows[0].isOurs) throw new Problem('The database is empty: there is nothing to back up yet.');
		const [{ schema }] = (await client.query('SELECT current_schema() AS schema')).rows as [
			{ schema: string }
		];
		const found = (await tables(client, schema)).filter(({ name }) => !LEFT_OUT.has(name));
		const migrations = await client.query(
			`SELECT migration_name AS name, checksum FROM _prisma_migrations
			WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`
		);
		const recordings = await client.query<Row>(
			`SELECT id, format, bytes::float8 AS bytes, encode(sha256, 'hex') AS sha256 FROM stored_file ORDER BY id`
		);
		const copied: Table[] = [];
		for (const { name, columns } of found) copied.push(await copy(client, name, columns, keep));
		return { migrations: migrations.rows, tables: copied, recordings: recordings.rows };
	} finally {
		await client.query('ROLLBACK');
	}
}

async function copy(client: pg.Client, name: string, columns: string[], keep: Keep): Promise<Table> {
	const stream = client.query(copyTo(`COPY ${identifiers([name])} (${identifiers(columns)}) TO STDOUT`));
	const whole = createHash('sha256');
	const pieces: Table['pieces'] = [];
	for await (const content of cut(stream, whole)) {
		pieces.push({ sha256: await keep(content), bytes: content.length });
	}
	return { name, columns, rows: stream.rowCount, pieces, sha256: whole.digest('hex') };
}

async function* cut(stream: AsyncIterable<Buffer>, whole: Hash): AsyncGenerator<Buffer> {
	let waiting: Buffer[] = [];
	let bytes = 0;
	for await (let content of stream) {
		whole.update(content);
		while (bytes + content.length >= PIECE_BYTES) {
			yield Buffer.concat([...waiting, content.subarray(0, PIECE_BYTES - bytes)]);
			content = content.subarray(PIECE_BYTES - bytes);
			[waiting, bytes] = [[], 0];
		}
		waiting.push(content);
		bytes += content.length;
	}
	if (bytes > 0) yield Buffer.concat(waiting);
}
