import { Readable } from 'node:stream';
import pg from 'pg';
import { clock } from '../../lib/kernel/clock.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { dump, type Row } from './dump.server.ts';
import { Different, Objects } from './objects.server.ts';
import { prune } from './prune.server.ts';
import type { Seal } from './seal.server.ts';
import { FORMAT, MARKER, Marker, type Manifest, objectName, type Piece, snapshotName } from './snapshot.ts';
import type { Store, Stored } from './store.server.ts';

/** How often the whole is tried again when a recording is removed while it is being backed up. */
const TRIES = 5;

// any number will do, as long as nothing else in the database locks it
const LOCK = 0x766f7775;

export type Report = {
	snapshot: string;
	tables: number;
	rows: number;
	recordings: number;
	bytes: number;
	written: { objects: number; bytes: number };
	/** how many older backups were let go */
	dropped: number;
	/** recordings whose file is gone, or is not what was uploaded */
	damaged: string[];
};

type Options = { store: Store; seal: Seal; databaseUrl: string; version: string };

/** A recording was removed between the look at the database and that at its file. */
class Vanished extends Error {}

/**
 * Takes the database, then the files that it names and the store has not. A recording that comes meanwhile is not in
 * the database that was taken; one that goes takes its row along, and then the database is taken again. Backups of
 * one database wait for each other.
 */
export async function backUp(options: Options): Promise<Report> {
	const lock = await connect(options.databaseUrl);
	const client = await connect(options.databaseUrl);
	try {
		// of the transaction, which pgbouncer leaves with us until its end
		await lock.query('BEGIN');
		await lock.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
		return await take(options, client);
	} finally {
		await Promise.allSettled([client.end(), lock.end()]);
	}
}

async function take({ store, seal, version }: Options, client: pg.Client): Promise<Report> {
	const there = await store.list();
	await claim(store, there, seal);
	const objects = new Objects(store, seal, there);
	const at = clock.now();
	const { damaged, ...found } = await again(() => collect(client, objects));
	const manifest: Manifest = { format: FORMAT, madeAt: at.toISOString(), version, ...found };
	const snapshot = snapshotName(at);
	const needed = pieces(manifest);
	const list = Buffer.from([...needed].map(([sum, bytes]) => `${sum} ${bytes}\n`).join(''));
	await store.put(`snapshots/${snapshot}.objects`, Readable.from([list]), list.length);
	await objects.seal(`snapshots/${snapshot}.age`, Buffer.from(JSON.stringify(manifest)));
	return {
		snapshot,
		tables: manifest.tables.length,
		rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
		recordings: manifest.recordings.length,
		bytes: manifest.recordings.reduce((sum, { bytes }) => sum + bytes, 0),
		written: objects.written,
		dropped: await prune(store, there, snapshot, new Set([...needed.keys()].map(objectName))),
		damaged
	};
}

/** A folder is for one key: with two, the one at hand would open only some of what a snapshot needs. */
async function claim(store: Store, there: Stored[], { recipient }: Seal): Promise<void> {
	if (there.length === 0) {
		const marker = Buffer.from(JSON.stringify({ format: FORMAT, recipient } satisfies Marker) + '\n');
		return store.put(MARKER, Readable.from([marker]), marker.length);
	}
	if (!there.some(({ name }) => name === MARKER))
		throw new Problem('BACKUP_TO holds something else already: set it to a folder of its own.');
	const text = await new Response(await store.get(MARKER)).text();
	const marker = Marker.safeParse(text);
	if (!marker.success) throw new Problem(`BACKUP_TO: ${MARKER} is not one that this version can read.`);
	if (marker.data.recipient !== recipient) {
		throw new Problem(
			`BACKUP_TO holds backups for another key (${marker.data.recipient}): set it to another folder, or BACKUP_RECIPIENT to that key.`
		);
	}
}

async function again<Result>(work: () => Promise<Result>): Promise<Result> {
	for (let left = TRIES; ; left--) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof Vanished)) throw error;
			if (left === 1)
				throw new Problem('Recordings are removed faster than they can be backed up: try again.');
		}
	}
}

async function collect(client: pg.Client, objects: Objects) {
	const { recordings: rows, ...database } = await dump(client, (content) => objects.keep(content));
	const recordings: Manifest['recordings'] = [];
	const damaged: string[] = [];
	for (const row of rows) {
		const file = await look(row);
		const sha256 = row.sha256 ?? (file && (await files.sha256(row.id, row.format).catch(missing)));
		const piece = sha256 && { sha256, bytes: row.bytes };
		const isKept = piece && (objects.has(piece) || (file && (await put(objects, piece, file))));
		if (!isKept || !file) {
			if (!(await exists(client, row.id))) throw new Vanished(row.id);
			damaged.push(row.id);
		}
		recordings.push({ ...row, sha256: isKept ? sha256 : null });
	}
	return { ...database, recordings, damaged };
}

/** undefined when there is no such file, or one of another size. */
async function look({ id, format, bytes }: Row): Promise<files.Stored | undefined> {
	const found = await files.find(id, format).catch(missing);
	return found?.bytes === bytes ? found : undefined;
}

/** Whether it was kept: not when the file is gone by now, or is not what its row says. */
async function put(objects: Objects, piece: Piece, file: files.Stored): Promise<boolean> {
	try {
		await objects.put(piece, file.read(0, file.bytes - 1));
		return true;
	} catch (error) {
		if (error instanceof Different) return false;
		missing(error);
		return false;
	}
}

function missing(error: unknown): undefined {
	const { status, code, message } = error as { status?: number; code?: string; message: string };
	if (status === 404 || code === 'ENOENT') return;
	const isOurs = error instanceof Problem || !(status || code);
	throw isOurs ? error : new Problem(`The recordings cannot be read: ${message}.`);
}

async function exists(client: pg.Client, id: string): Promise<boolean> {
	const { rowCount } = await client.query('SELECT FROM stored_file WHERE id = $1', [id]);
	return rowCount === 1;
}

/** Every content that a snapshot needs, with its size. */
function pieces({ tables, recordings }: Manifest): Map<string, number> {
	return new Map(
		[...tables.flatMap(({ pieces }) => pieces), ...recordings].flatMap(({ sha256, bytes }) =>
			sha256 ? [[sha256, bytes] as const] : []
		)
	);
}

export async function connect(databaseUrl: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: databaseUrl, application_name: 'vowtape backup' });
	client.on('error', () => {}); // the query that is under way throws it too
	try {
		await client.connect();
		return client;
	} catch (error) {
		const { message, code } = error as NodeJS.ErrnoException;
		throw new Problem(`DATABASE_URL: the database cannot be reached (${message || code}).`);
	}
}
