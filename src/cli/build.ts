import { createHash } from 'node:crypto';
import {
	accessSync,
	constants,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../lib/kernel/problem.ts';
import { lock } from './lock.ts';
import { command, root } from './tool.ts';

const FOLDERS = ['src', 'static'];
const FILES = ['package-lock.json', 'package.json', 'prisma/schema.prisma', 'vite.config.ts'];
const GENERATED = ['prisma/client/client.ts', 'src/lib/i18n/compiled/messages.js', 'build/handler.js'];
const NOT_BUILT = /\.(test|e2e)\.ts$|^src[\\/](cli|e2e|testing|lib[\\/]i18n[\\/]compiled)[\\/]/;

const stamp = join(root, 'build/.stamp');
const lockFile = join(root, 'node_modules/.cache/vowtape-build');
const WRITTEN = ['build', '.svelte-kit', 'prisma/client', 'src/lib/i18n/compiled', 'node_modules/.cache'];

/**
 * Builds the site unless what it is made of is still the same as the last time. Those who ask while somebody is at
 * it, in this process or another, wait for that.
 */
export async function build(signal?: AbortSignal): Promise<void> {
	if (isBuilt()) return;
	for (const folder of WRITTEN) mustBeWritable(join(root, folder));
	const release = await untilMine(signal);
	await bundle(signal).finally(release);
}

function isBuilt(): boolean {
	return GENERATED.every((file) => existsSync(join(root, file))) && readStamp() === fingerprint();
}

function readStamp(): string {
	try {
		return readFileSync(stamp, 'utf8');
	} catch {
		return '';
	}
}

async function bundle(signal?: AbortSignal): Promise<void> {
	// by whoever was waited for
	if (isBuilt()) return;
	const now = fingerprint();
	// as long as there is a stamp, others take what stands there
	rmSync(stamp, { force: true });
	console.error('Building …');
	// settings are read while building too, and there is no public address yet
	await command('bundle', [], { env: { NODE_ENV: 'production', LOCAL: '1' }, signal });
	writeFileSync(stamp, now);
}

async function untilMine(signal?: AbortSignal): Promise<() => void> {
	mkdirSync(dirname(lockFile), { recursive: true });
	for (;;) {
		const release = lock(lockFile);
		if (release) return release;
		await sleep(100, undefined, { signal });
	}
}

/** A folder, or where it would be made. */
function mustBeWritable(folder: string): void {
	if (!existsSync(folder)) return mustBeWritable(dirname(folder));
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
	} catch {
		throw new Problem(
			`The site has to be built, and you may not write to ${folder}: whoever owns it can, with npm run build.`
		);
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
