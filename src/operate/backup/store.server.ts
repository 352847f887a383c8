import { isAbsolute, resolve } from 'node:path';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';

/** A file of the backup; names have slashes. */
export type Stored = { name: string; bytes: number; changedAt: Date };

/** Where backups lie. Everything throws a Problem that says what and where when the other side does not do it. */
export type Store = {
	/** all there is, in no order; nothing when the place does not exist yet */
	list(): Promise<Stored[]>;
	/** The name appears when all `bytes` are there and safe, or never. What had this name before is replaced. */
	put(name: string, content: AsyncIterable<Uint8Array>, bytes: number): Promise<void>;
	/** to be read to its end, or cancelled */
	get(name: string): Promise<ReadableStream<Uint8Array>>;
	/** fine when one is not there */
	remove(names: string[]): Promise<void>;
	close(): Promise<void>;
};

/** What is not finished lies here, and is swept after a day. */
export const UNFINISHED = 'unfinished/';

/** The store that BACKUP_TO names; each kind is loaded only when it is used. */
export async function open(place = settings.BACKUP_TO): Promise<Store> {
	if (!place)
		throw new Problem('BACKUP_TO is not set: a folder, ssh://user@host/folder or s3://bucket/prefix.');
	if (place.startsWith('ssh://')) return (await import('./ssh-store.server.ts')).open(place);
	if (place.startsWith('s3://')) return (await import('./bucket-store.server.ts')).open(place);
	return (await import('./folder-store.server.ts')).open(isAbsolute(place) ? place : resolve(place));
}
