import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Refusal } from '../lib/kernel/refusal.ts';
import { settings } from '../lib/kernel/settings.server.ts';

/** The secret key of age: from the file that BACKUP_IDENTITY names, else from standard input. */
export async function identity(): Promise<string> {
	const path = settings.BACKUP_IDENTITY;
	if (!path && process.stdin.isTTY)
		throw new Refusal('Set BACKUP_IDENTITY to the file with the secret key, or give it on standard input.');
	if (!path) return text(process.stdin);
	return readFile(path, 'utf8').catch((error: Error) => {
		throw new Refusal(`BACKUP_IDENTITY cannot be read (${error.message}).`);
	});
}
