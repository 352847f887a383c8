import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fill, folder, install, type Install, rows, sums } from '../testing/drill.ts';

const execute = promisify(execFile);
let live: Install;
let weddingId: string;

beforeAll(async () => {
	live = await install();
	({ weddingId } = await fill(live));
});
afterAll(() => live.close());

/** A command as the maintainer types it: what it printed, or all that it complained of. */
async function run(target: Install, ...args: string[]) {
	const env = { ...process.env, DATABASE_URL: target.url, UPLOADS_DIR: target.uploads, LOCAL: '1' };
	return execute(process.execPath, ['src/cli/run.js', ...args], { env }).then(
		({ stdout }) => stdout,
		({ stderr }) => Promise.reject(new Error(stderr))
	);
}

it('a wedding is exported, imported elsewhere, and erased, as it is typed', async () => {
	const path = join(folder, 'wedding.tar');
	expect(await run(live, 'export', weddingId, path)).toMatch(
		/^Exported 2 guests and 3 recordings \(0\.6 MB\) to /
	);
	await expect(run(live, 'export', weddingId, path)).rejects.toThrow(
		/^.*wedding\.tar is there already: .*\n$/
	);
	await expect(run(live, 'import', path)).rejects.toThrow(
		/^This wedding is here already: erase it first\.\n$/
	);

	const fresh = await install({ isMigrated: false });
	expect(await run(fresh, 'import', path)).toContain(`Imported ${weddingId} with 2 guests and 3 recordings`);
	const guests = ({ client }: Install) =>
		client.query('SELECT id, name, plus_one_of_id FROM guest ORDER BY id');
	expect((await guests(fresh)).rows).toEqual((await guests(live)).rows);
	expect(await sums(fresh.uploads)).toEqual(await sums(live.uploads));

	await expect(run(fresh, 'erase', 'guest', 'Riet <RIET@example.org>')).rejects.toThrow(
		/^Nothing is erased yet\. .*--yes.*\n$/
	);
	expect(await run(fresh, 'erase', 'guest', 'RIET@example.org', '--yes')).toMatch(
		/^Erased a guest and 1 plus-one, 1 score, /
	);
	expect((await rows(fresh)).guest).toHaveLength(0);
	await expect(run(fresh, 'erase', 'wedding', 'nowhere', '--yes')).rejects.toThrow(
		/^There is no wedding nowhere: .*\n$/
	);
	expect(await run(fresh, 'erase', 'wedding', weddingId, '--yes')).toMatch(
		/^Erased a wedding with 0 guests, 3 recordings and 1 account that/
	);
	expect((await rows(fresh)).wedding).toEqual([]);
	expect(await sums(fresh.uploads)).toEqual({});
	expect(existsSync(`${path}.unfinished`)).toBe(false);
	await fresh.close();
});
