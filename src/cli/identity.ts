import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Problem } from '../lib/kernel/problem.ts';
import { settings } from '../lib/kernel/settings.server.ts';

/** The secret key of age: from the file that BACKUP_IDENTITY names, else from standard input. */
export async function identity(): Promise<string> {
	const given = await identityIfGiven();
	if (given) return given;
	throw new Problem('Set BACKUP_IDENTITY to the file with the secret key, or give it on standard input.');
}

/** The same, or nothing: on a terminal nobody is asked for it. */
export async function identityIfGiven(): Promise<string | undefined> {
	const path = settings.BACKUP_IDENTITY;
	if (!path) return process.stdin.isTTY ? undefined : (await text(process.stdin)).trim() || undefined;
	return readFile(path, 'utf8').catch((error: Error) => {
		throw new Problem(`BACKUP_IDENTITY cannot be read (${error.message}).`);
	});
}
