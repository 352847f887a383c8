import { chmodSync, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Postgres } from './postgres.ts';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 * 2 ** 30;

/** A Postgres that forgets everything when it stops: for tests, and for trying migrations. Slow but safe unless `fast`. */
export async function startThrowaway({ fast = true } = {}): Promise<Postgres> {
	const dataDir = mkdtempSync(join(fast && hasRoom() ? MEMORY : tmpdir(), 'vowtape-'));
	chmodSync(dataDir, 0o711);
	const forget = () => {
		process.off('exit', forget);
		const link = join(dataDir, 'postgres');
		// where this process ends before it was stopped, Postgres writes for a moment longer
		rmSync(realpathSync(link), { recursive: true, force: true, maxRetries: 5 });
		rmSync(dataDir, { recursive: true, force: true });
	};
	process.once('exit', forget);
	try {
		const { url, stop } = await start({ dataDir, fast });
		return { url, stop: () => stop().finally(forget) };
	} catch (error) {
		forget();
		throw error;
	}
}

/**
 * Whether data may stand in memory, where a database, which is a thousand files, is copied in a tenth of the time.
 * A container often has no more than 64 MB of it.
 */
function hasRoom(): boolean {
	try {
		const { bavail, bsize } = statfsSync(MEMORY);
		return bavail * bsize > ROOM_BYTES;
	} catch {
		return false;
	}
}

export async function throwaway<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
	const { url, stop } = await startThrowaway();
	return use(url).finally(stop);
}
