import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import * as files from '../../lib/kernel/files/files.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { FILE_MODE, FOLDER_MODE } from '../../lib/kernel/files/stored.ts';
import { connect } from './backup.server.ts';
import { type Migration, replace, stage } from './load.server.ts';
import { read, readObject } from './objects.server.ts';
import type { Unseal } from './seal.server.ts';
import { choose, Manifest, type Recording, snapshots } from './snapshot.ts';
import type { Store } from './store.server.ts';
import { counted } from '../../cli/words.ts';

export type Restored = {
	snapshot: string;
	madeAt: string;
	rows: number;
	recordings: number;
	bytes: number;
	/** recordings whose file was lost before it was backed up */
	lost: string[];
};

type Options = {
	store: Store;
	unseal: Unseal;
	/** `latest`, or a UTC time: see choose */
	when: string;
	/** whether weddings and recordings that are there may be replaced */
	overwrite: boolean;
	databaseUrl: string;
	/** all that this program knows */
	migrations: Migration[];
	/** brings the live database to the last of them */
	migrate: (databaseUrl: string) => Promise<unknown>;
};

/** Finds the snapshot that is meant and opens it. */
export async function find(
	store: Store,
	unseal: Unseal,
	when: string
): Promise<{ snapshot: string; manifest: Manifest }> {
	const all = snapshots((await store.list()).map(({ name }) => name));
	if (all.length === 0) throw new Problem('BACKUP_TO holds no backup.');
	const snapshot = choose(all, when);
	if (!snapshot)
		throw new Problem(
			`There is no backup of ${when} or before: the oldest is ${all.at(-1)}, the newest ${all[0]}.`
		);
	const name = `snapshots/${snapshot}.age`;
	const manifest = Manifest.safeParse(
		Buffer.concat(await Array.fromAsync(read(store, unseal, name))).toString()
	);
	if (!manifest.success) throw new Problem(`${name} is not a backup that this version can read.`);
	return { snapshot, manifest: manifest.data };
}

/**
 * Brings back what a snapshot holds. Nothing that is there is touched before all of it has been fetched, opened and
 * compared: recordings come first, beside their places; then the database, in one transaction. Their files move to
 * their places before that transaction ends, so that at no moment a row is without its file. Throws a Problem.
 */
export async function restore(options: Options): Promise<Restored> {
	const { store, unseal, when, databaseUrl } = options;
	const { snapshot, manifest } = await find(store, unseal, when);
	knows(options.migrations, manifest);
	const client = await connect(databaseUrl);
	try {
		if (!options.overwrite) await mustBeEmpty(client);
		await bring(client, options, manifest);
	} catch (error) {
		throw explained(error);
	} finally {
		await client.end();
	}
	// what belongs to nobody now is set aside for a month
	await files.sweep(new Set(manifest.recordings.map(({ id }) => id)));
	const whole = manifest.recordings.filter(({ sha256 }) => sha256);
	return {
		snapshot,
		madeAt: manifest.madeAt,
		rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
		recordings: whole.length,
		bytes: whole.reduce((sum, { bytes }) => sum + bytes, 0),
		lost: manifest.recordings.flatMap(({ id, sha256 }) => (sha256 ? [] : id))
	};
}

/** In one line, what the database or the disk said. */
function explained(error: unknown): unknown {
	const { message, syscall, code = '' } = error as NodeJS.ErrnoException;
	// a connection that ends is met where it is written to as often as where it is read
	const isAway =
		['EPIPE', 'ECONNRESET'].includes(code) || /^Connection terminated|not queryable/.test(message);
	if (error instanceof pg.DatabaseError || isAway)
		return new Problem(`The database did not take the backup, and is as it was: ${message}.`);
	return syscall ? new Problem(`UPLOADS_DIR: ${message}.`) : error;
}

function knows(migrations: Migration[], manifest: Manifest): void {
	const checksums = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
	const strange = manifest.migrations.find(({ name, checksum }) => checksums.get(name) !== checksum);
	if (strange)
		throw new Problem(
			`The backup was made by another version (${manifest.version}, with ${strange.name}): restore it with that one.`
		);
}

async function mustBeEmpty(client: pg.Client): Promise<void> {
	const { rows } = await client.query(`SELECT to_regclass('wedding') IS NOT NULL AS exists`);
	const weddings = rows[0].exists
		? await client.query('SELECT count(*)::int AS count FROM wedding')
		: undefined;
	const count = weddings?.rows[0].count ?? 0;
	if (count > 0)
		throw new Problem(
			`The database holds ${counted(count, 'wedding')}: add --overwrite to put the backup in its place.`
		);
	const recordings = (await files.ids()).length;
	if (recordings > 0)
		throw new Problem(
			`UPLOADS_DIR holds ${counted(recordings, 'recording')}: add --overwrite to put the backup in their place.`
		);
}

async function bring(client: pg.Client, options: Options, manifest: Manifest): Promise<void> {
	const { store, unseal, databaseUrl, migrations, migrate } = options;
	const missing = await notThere(manifest.recordings);
	const bytes = missing.reduce((sum, recording) => sum + recording.bytes, 0);
	if ((await files.freeBytes()) < bytes + files.SPARE_BYTES)
		throw new Problem(
			`UPLOADS_DIR has no room for ${Math.ceil(bytes / 2 ** 20)} MB of recordings and 1 GB to spare.`
		);

	const folder = join(await files.incomingDir(), randomUUID());
	await mkdir(folder, FOLDER_MODE);
	try {
		for (const { id, sha256, bytes } of missing) {
			const content = readObject(store, unseal, { sha256: sha256!, bytes });
			await writeFile(join(folder, id), content, { flush: true, mode: FILE_MODE });
		}
		await client.query('BEGIN');
		const { rows } = await client.query('SELECT current_schema() AS schema');
		await stage(client, manifest, migrations, (piece) => readObject(store, unseal, piece));
		await migrate(databaseUrl);
		await replace(client, rows[0].schema, manifest);
		for (const { id, format } of missing) await files.keep(join(folder, id), id, format);
		await client.query('COMMIT');
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Recordings whose file is not in its place already, byte for byte. */
async function notThere(recordings: Recording[]): Promise<Recording[]> {
	const missing: Recording[] = [];
	for (const recording of recordings.filter(({ sha256 }) => sha256)) {
		const { id, format, bytes, sha256 } = recording;
		const found = await files.find(id, format).catch(() => null);
		const isSame = found?.bytes === bytes && (await files.sha256(id, format)) === sha256;
		if (!isSame) missing.push(recording);
	}
	return missing;
}
