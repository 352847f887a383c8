import { truncateSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const BUSY = 5;
const NOT_A_DATABASE = 26;

// one that nothing refers to would be closed, and so let go
const held = new Set<DatabaseSync>();

/**
 * Takes `file` for this process until the function that it gives back is called; undefined while somebody else has
 * it. It is the system's own lock, which SQLite knows how to ask for everywhere: whoever dies, if only of a power
 * cut, lets go. What stands in the file says nothing, and that is why nothing does.
 */
export function lock(file: string): (() => void) | undefined {
	const database = new DatabaseSync(file, { timeout: 0 });
	try {
		database.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		database.close();
		const { errcode } = error as { errcode?: number };
		if (errcode === BUSY) return undefined;
		if (errcode !== NOT_A_DATABASE) throw error;
		// not removed: the next one to come would lock another file of the same name
		truncateSync(file);
		return lock(file);
	}
	held.add(database);
	return () => {
		held.delete(database);
		database.close();
	};
}
