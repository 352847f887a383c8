import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../lib/kernel/problem.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { backUp } from '../operate/backup/backup.server.ts';
import * as check from '../operate/backup/check.server.ts';
import { type Seal, sealing, unsealing } from '../operate/backup/seal.server.ts';
import { snapshots } from '../operate/backup/snapshot.ts';
import { open, type Store } from '../operate/backup/store.server.ts';
import { counted, megabytes, seconds } from './words.ts';
import { attached } from './attached.ts';
import { identityIfGiven } from './identity.ts';
import { root } from './tool.ts';

/**
 * `backup`: database and recordings, to where BACKUP_TO says. `backup --check [WHEN]`: reads one back, all of it where
 * the secret key is given (see identity.ts), else its lengths. `backup --list`: which there are.
 */
export async function main([option, time = 'latest']: string[]) {
	if (option && !['--check', '--list'].includes(option))
		throw new Problem('Usage: backup, backup --check [latest or a UTC time], or backup --list');
	const store = await open();
	try {
		if (option === '--list') return await list(store);
		const key = option === '--check' ? await identityIfGiven() : undefined;
		if (key) return await checkContents(store, key, time);
		if (!settings.BACKUP_RECIPIENT)
			throw new Problem('BACKUP_RECIPIENT is not set: the public key of age that backups are encrypted to.');
		const seal = await sealing(settings.BACKUP_RECIPIENT);
		if (option === '--check') await checkLengths(store, seal, time);
		else await attached((databaseUrl) => make(store, seal, databaseUrl));
	} finally {
		await store.close();
	}
}

async function make(store: Store, seal: Seal, databaseUrl: string) {
	const took = seconds();
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const made = await backUp({
		...{ store, seal, databaseUrl },
		version: [version, settings.REVISION].filter(Boolean).join(' ')
	});
	const { snapshot, tables, rows, recordings, bytes, written, dropped, damaged } = made;
	console.log(
		`Backed up ${counted(rows, 'row')} of ${counted(tables, 'table')} and ${counted(recordings, 'recording')} (${megabytes(bytes)}) in ${took()}, as ${snapshot}: ${counted(written.objects, 'new object')}, ${megabytes(written.bytes)} written, ${counted(dropped, 'older backup')} let go.`
	);
	if (damaged.length > 0)
		throw new Problem(
			`The backup is made, but UPLOADS_DIR does not hold what was uploaded of ${counted(damaged.length, 'recording')}: ${damaged.join(', ')}.`
		);
}

async function list(store: Store) {
	for (const snapshot of snapshots((await store.list()).map(({ name }) => name))) console.log(snapshot);
}

async function checkContents(store: Store, key: string, when: string) {
	const took = seconds();
	const { snapshot, objects, bytes } = await check.contents(store, unsealing(key), when);
	console.log(
		`The backup ${snapshot} is whole: ${counted(objects, 'object')} (${megabytes(bytes)}) read back in ${took()}.`
	);
}

async function checkLengths(store: Store, seal: Seal, when: string) {
	const { snapshot, objects, bytes } = await check.lengths(store, seal, when);
	console.log(
		`The backup ${snapshot} has all its ${counted(objects, 'object')} (${megabytes(bytes)}), at their full length. Give the secret key to read them back.`
	);
}
