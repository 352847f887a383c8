import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, root } from './tool.ts';

const FOLDERS = ['src', 'static'];
const FILES = [
	'package-lock.json',
	'package.json',
	'paraglide.config.ts',
	'prisma/schema.prisma',
	'project.inlang/settings.json',
	'vite.config.ts'
];
const GENERATED = ['prisma/client/client.ts', 'src/lib/i18n/compiled/messages.js', 'build/handler.js'];
const NOT_BUILT = /\.(test|e2e)\.ts$|^src[\\/](cli|e2e|lib[\\/]i18n[\\/]compiled)[\\/]/;

const stamp = 'build/.stamp';
const lockFile = join(root, 'node_modules/.cache/vowtape-build');

/**
 * Builds the site unless what it is made of is still the same as the last time. Those who ask while somebody is at
 * it, in this process or another, wait for that.
 */
export async function build(signal?: AbortSignal): Promise<void> {
	const release = await lock(signal);
	await bundle(signal).finally(release);
}

async function bundle(signal?: AbortSignal): Promise<void> {
	const now = fingerprint();
	const isThere = [stamp, ...GENERATED].every((file) => existsSync(join(root, file)));
	if (isThere && readFileSync(join(root, stamp), 'utf8') === now) return;
	console.error('Building …');
	// settings are read while building too, and there is no public address yet
	await command('bundle', [], { env: { NODE_ENV: 'production', LOCAL: '1' }, signal });
	writeFileSync(join(root, stamp), now);
}

async function lock(signal?: AbortSignal): Promise<() => void> {
	mkdirSync(dirname(lockFile), { recursive: true });
	for (;;) {
		try {
			writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
			return () => rmSync(lockFile, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		if (isLeft()) rmSync(lockFile, { force: true });
		else await sleep(100, undefined, { signal });
	}
}

/** By somebody who was killed. A file that is empty was made a moment ago. */
function isLeft(): boolean {
	try {
		const pid = Number(readFileSync(lockFile, 'utf8'));
		return pid > 0 && !process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}

function fingerprint(): string {
	const hash = createHash('sha256').update(process.version);
	const inputs = FOLDERS.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
	);
	for (const file of [...FILES, ...inputs.sort()]) {
		if (NOT_BUILT.test(file) || !statSync(join(root, file)).isFile()) continue;
		hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
	}
	return hash.digest('hex');
}

export const main = () => build();
