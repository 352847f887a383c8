import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Postgres } from './postgres.ts';

/** A Postgres that forgets everything when it stops: for tests, and for trying migrations. Slow but safe unless `fast`. */
export async function startThrowaway({ fast = true } = {}): Promise<Postgres> {
	const dataDir = mkdtempSync(join(tmpdir(), 'vowtape-'));
	chmodSync(dataDir, 0o711);
	const forget = () => {
		const link = join(dataDir, 'postgres');
		rmSync(realpathSync(link), { recursive: true, force: true });
		rmSync(dataDir, { recursive: true, force: true });
	};
	try {
		const { url, stop } = await start({ dataDir, fast });
		return { url, stop: () => stop().finally(forget) };
	} catch (error) {
		forget();
		throw error;
	}
}

export async function throwaway<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
	const { url, stop } = await startThrowaway();
	return use(url).finally(stop);
}
