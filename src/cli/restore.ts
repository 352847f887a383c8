import { Problem } from '../lib/kernel/problem.ts';
import { unsealing } from '../operate/backup/seal.server.ts';
import { restore } from '../operate/backup/restore.server.ts';
import { open } from '../operate/backup/store.server.ts';
import { counted, megabytes, seconds } from './words.ts';
import { attached } from './attached.ts';
import { identity } from './identity.ts';
import { migrate } from './migrate.ts';
import { list } from './migrations.ts';

/** `restore latest`, `restore "2026-11-21 07:30" --overwrite`: brings back database and recordings, or nothing. */
export async function main(args: string[]) {
	const overwrite = args.includes('--overwrite');
	const [when, ...more] = args.filter((arg) => arg !== '--overwrite');
	if (!when || more.length > 0 || when.startsWith('-'))
		throw new Problem(
			'Say which backup: restore latest, or the newest of a UTC time: restore "2026-11-21 07:30"'
		);
	const took = seconds();
	const store = await open();
	try {
		const unseal = unsealing(await identity());
		const migrations = list();
		const { snapshot, rows, recordings, bytes, lost } = await attached((databaseUrl) =>
			restore({ store, unseal, when, overwrite, databaseUrl, migrations, migrate })
		);
		console.log(
			`Restored ${snapshot} in ${took()}: ${counted(rows, 'row')} and ${counted(recordings, 'recording')} (${megabytes(bytes)}), all compared. Everybody has to log in again.`
		);
		if (lost.length > 0)
			console.log(
				`Already lost when it was made: the files of ${counted(lost.length, 'recording')} (${lost.join(', ')}).`
			);
	} finally {
		await store.close();
	}
}
