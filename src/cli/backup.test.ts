import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Problem } from '../lib/kernel/problem.ts';
import { parse, settings } from '../lib/kernel/settings.server.ts';
import { fill, folder, install, type Install, keys, rows, sums } from '../testing/drill.ts';
import { main as backup } from './backup.ts';
import { main as restore } from './restore.ts';

const key = await keys();
const place = join(folder, 'backups');
const keyFile = join(folder, 'key');
let live: Install;

beforeAll(async () => {
	live = await install();
	await fill(live);
	writeFileSync(keyFile, `# created: today\n# public key: ${key.recipient}\n${key.identity}\n`);
});
afterAll(() => live.close());

/** A command as the maintainer types it: what it printed, or all that it complained of. */
async function run(target: Install, args: string[], env: Record<string, string> = {}, input = '') {
	const ours = { DATABASE_URL: target.url, UPLOADS_DIR: target.uploads, LOCAL: '1' };
	const child = spawn(process.execPath, ['src/cli/run.js', ...args], {
		env: { ...process.env, ...ours, BACKUP_TO: place, BACKUP_RECIPIENT: key.recipient, ...env }
	});
	child.stdin.end(input);
	const [output, errors, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'close')
	]);
	if (code !== 0) throw new Error(errors);
	return output;
}

/** What the command refuses in these settings, in this process: a process of its own prints it, and takes a second. */
async function refusal([name, ...args]: string[], env: Record<string, string>, input = ''): Promise<string> {
	const ours = { DATABASE_URL: live.url, UPLOADS_DIR: live.uploads, LOCAL: '1' };
	const before = { ...settings };
	const stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as never);
	try {
		const all = { ...process.env, ...ours, BACKUP_TO: place, BACKUP_RECIPIENT: key.recipient, ...env };
		Object.assign(settings, parse(all));
		await (name === 'backup' ? backup(args) : restore(args));
		return '';
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		return error.message;
	} finally {
		stdin.mockRestore();
		Object.assign(settings, before);
	}
}

describe('backup and restore, as they are typed', () => {
	it('take one, read it back, and bring it to another host', async () => {
		expect(await run(live, ['backup'])).toMatch(
			/^Backed up \d+ rows of \d+ tables and 3 recordings \(0\.6 MB\) in [\d.]+ s, as \S+Z: \d+ new objects, .*\.\n$/
		);
		expect(await run(live, ['backup', '--list'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\n$/);
		expect(await run(live, ['backup', '--check'])).toMatch(/has all its \d+ objects .*at their full length/);
		expect(await run(live, ['backup', '--check'], { BACKUP_IDENTITY: keyFile })).toMatch(
			/is whole: \d+ objects .* read back/
		);

		const fresh = await install({ isMigrated: false });
		const settings = { BACKUP_RECIPIENT: '', BACKUP_IDENTITY: keyFile };
		expect(await run(fresh, ['restore', 'latest'], settings)).toMatch(
			/^Restored \S+Z in [\d.]+ s: \d+ rows and 3 recordings \(0\.6 MB\), all compared\. Everybody has to log in again\.\n$/
		);
		expect(await rows(fresh)).toEqual(await rows(live));
		expect(await sums(fresh.uploads)).toEqual(await sums(live.uploads));
		const restored = readdirSync(fresh.uploads, { recursive: true, encoding: 'utf8' });
		const isFile = (name: string) => name.endsWith('.mp3');
		for (const name of restored.filter(
			(name) => isFile(name) || restored.some((one) => one.startsWith(`${name}/`))
		))
			expect(statSync(join(fresh.uploads, name)).mode & 0o777, name).toBe(isFile(name) ? 0o640 : 0o750);
		await fresh.close();
	});

	it('read the key from standard input', async () => {
		expect(await run(live, ['backup', '--check'], {}, key.identity)).toMatch(/ is whole: /);
		const fresh = await install({ isMigrated: false });
		const keyless = { BACKUP_RECIPIENT: '' };
		expect(await run(fresh, ['restore', 'latest'], keyless, key.identity)).toContain('3 recordings');
		await fresh.close();
	});

	it('say in one line what is wrong, and what to do', async () => {
		const wrong = async (args: string[], env: Record<string, string>, line: RegExp, input?: string) =>
			expect(await refusal(args, env, input)).toMatch(line);
		expect(await run(live, ['backup'], { BACKUP_TO: '' }).catch(({ message }) => message)).toMatch(
			/^BACKUP_TO is not set: .*\n$/
		);
		const others = (await keys()).identity;
		await wrong(['backup'], { BACKUP_TO: 'ftp://x' }, /^BACKUP_TO must be a folder, .*$/);
		await wrong(['backup'], { BACKUP_RECIPIENT: '' }, /^BACKUP_RECIPIENT is not set: .*$/);
		await wrong(['backup'], { BACKUP_RECIPIENT: 'AGE-SECRET-KEY-1X' }, /^BACKUP_RECIPIENT must be .*$/);
		await wrong(['backup'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/x' }, /^DATABASE_URL: .*$/);
		await wrong(['restore'], {}, /^Say which backup: .*$/);
		await wrong(['restore', 'latest'], {}, /^Set BACKUP_IDENTITY to .*$/);
		await wrong(['restore', 'latest'], {}, /^BACKUP_IDENTITY holds no secret key .*$/, 'age1 is not one');
		await wrong(['restore', 'latest'], {}, /^snapshots\/.* was sealed for another key .*$/, others);
		await wrong(
			['restore', 'latest'],
			{},
			/^The database holds 1 wedding: add --overwrite .*$/,
			key.identity
		);
		const newest = readdirSync(join(place, 'snapshots'))
			.filter((name) => name.endsWith('.age'))
			.at(-1)!;
		truncateSync(join(place, 'snapshots', newest), 500);
		await wrong(
			['restore', 'latest', '--overwrite'],
			{},
			/^snapshots\/.* is damaged, or is no backup .*$/,
			key.identity
		);
	});
});
