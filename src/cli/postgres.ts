import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	chownSync,
	closeSync,
	existsSync,
	mkdtempSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Problem } from '../lib/kernel/problem.ts';
import './environment.js';
import { lock } from './lock.ts';
import { home, programs, unprivileged, unusable, type Home, type Owner } from './postgres-files.ts';
import { isListening, record, settle } from './postmaster.ts';

// English messages, and nothing of our own environment
const PLAIN = { cwd: '/', env: { LC_ALL: 'C' } };

export type Postgres = { url: string; stop(): Promise<void> };

/**
 * Starts the Postgres that ships inside node_modules, with its data under `dataDir` (kept between starts).
 * It listens on a Unix socket in a folder that only its user can enter, so it needs neither port nor password.
 * It ends with `stop()`, and also when this process dies. `fast` gives up crash safety: for tests.
 */
export async function start({
	dataDir,
	fast = false
}: {
	dataDir: string;
	fast?: boolean;
}): Promise<Postgres> {
	const folder = home(dataDir, unprivileged());
	const release = take(folder, dataDir);
	if (!release) throw inUse(dataDir);
	return keep(folder, { dataDir, fast, release });
}

/** For a command beside a site that may be running: its Postgres, or one started for as long as the command takes. */
export async function attach({ dataDir }: { dataDir: string }): Promise<Postgres> {
	const folder = home(dataDir, unprivileged());
	for (;;) {
		const release = take(folder, dataDir);
		if (release) return keep(folder, { dataDir, fast: false, release });
		const { socket, status } = record(join(folder.path, 'data')) ?? {};
		if (status === 'ready' && socket && (await isListening(socket)))
			return { url: address(socket), stop: async () => {} };
		// whoever has it is about to start it, or to stop
		await sleep(50);
	}
}

/** Whoever starts Postgres has this for as long as it runs. */
function take({ path, owner }: Home, dataDir: string): (() => void) | undefined {
	const file = join(path, 'lock');
	try {
		const release = lock(file);
		if (release && owner.uid !== undefined) chownSync(file, owner.uid, owner.gid!);
		return release;
	} catch (error) {
		throw unusable(dataDir, error);
	}
}

type Kept = { dataDir: string; fast: boolean; release: () => void };

async function keep(folder: Home, { dataDir, fast, release }: Kept): Promise<Postgres> {
	const stops = [async () => release()];
	const stop = async () => {
		for (const undo of stops.toReversed()) await undo();
	};
	try {
		const bin = programs(folder);
		const data = join(folder.path, 'data');
		const log = join(folder.path, 'log');
		createOnce(bin, data, folder.owner, fast);
		const socket = socketFolder(folder);
		if (socket !== folder.path) stops.push(async () => rmSync(socket, { recursive: true, force: true }));
		if (!(await settle(data, socket))) throw inUse(dataDir);
		rmSync(log, { force: true });
		const options = ['-D', data, '-k', socket, ...flags(fast)];
		const server = launch(join(bin, 'postgres'), options, folder.owner, log);
		stops.push(() => end(server));
		await ready(server, data, log, dataDir);
		const url = address(socket);
		await createDatabase(url);
		return { url, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function end(server: ChildProcess) {
	server.kill('SIGINT');
	if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
}

function inUse(dataDir: string): Problem {
	return new Problem(
		`${dataDir} is in use by another Vowtape: stop that one, or set DATA_DIR to another folder.`
	);
}

function address(socket: string): string {
	return `postgresql://vowtape@localhost/vowtape?host=${encodeURIComponent(socket)}`;
}

function flags(fast: boolean): string[] {
	const settings = [
		'listen_addresses=',
		'port=5432',
		'unix_socket_permissions=0700',
		'timezone=UTC',
		'log_timezone=UTC'
	];
	if (fast) {
		settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200');
		// its data may stand in memory
		settings.push('max_wal_size=256MB');
	}
	return settings.flatMap((setting) => ['-c', setting]);
}

// a socket's address has at most 107 bytes (103 on a Mac): from a deep folder it moves to /tmp
function socketFolder({ path, owner }: Home): string {
	if (Buffer.byteLength(join(path, '.s.PGSQL.5432')) <= 103) return path;
	const folder = mkdtempSync('/tmp/vowtape-');
	if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid!);
	return folder;
}

// made beside its place and renamed, so that a cluster is either whole or absent
function createOnce(bin: string, data: string, owner: Owner, fast: boolean) {
	if (existsSync(join(data, 'PG_VERSION'))) return;
	const draft = `${data}.draft`;
	rmSync(draft, { recursive: true, force: true });
	const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
	const options = ['-D', draft, '-U', 'vowtape', '--auth=trust', ...locale, ...(fast ? ['--no-sync'] : [])];
	try {
		execFileSync(join(bin, 'initdb'), options, { ...owner, ...PLAIN, stdio: 'pipe' });
		renameSync(draft, data);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		const { stderr } = error as { stderr?: Buffer };
		throw new Problem(
			`The embedded Postgres could not be set up: ${lastLine(String(stderr ?? '')) || error}`
		);
	}
}

/**
 * The shell's second process waits for the end of a pipe that we hold: should we be killed, Postgres still
 * stops in order. Its own process group keeps Ctrl-C from reaching it before us.
 */
function launch(program: string, options: string[], owner: Owner, log: string): ChildProcess {
	const script = '(read _ <&3; kill -INT $$) & exec "$0" "$@" 3<&-';
	const output = openSync(log, 'a');
	const child = spawn('/bin/sh', ['-c', script, program, ...options], {
		...owner,
		...PLAIN,
		detached: true,
		stdio: ['ignore', output, output, 'pipe']
	});
	closeSync(output);
	const pipe = child.stdio[3]!;
	child.on('exit', () => pipe.destroy()).on('error', () => pipe.destroy());
	return child;
}

async function ready(server: ChildProcess, data: string, log: string, dataDir: string) {
	while (server.exitCode === null && server.signalCode === null) {
		const { pid, status } = record(data) ?? {};
		if (pid === String(server.pid) && status === 'ready') return;
		await sleep(10);
	}
	const reason = lastLine(readFileSync(log, 'utf8'), 'FATAL');
	if (/lock file ".*" already exists|pre-existing shared memory/.test(reason)) throw inUse(dataDir);
	throw new Problem(`The embedded Postgres does not start: ${reason} (all of it: ${log})`);
}

function lastLine(text: string, word = ''): string {
	return (
		text
			.trim()
			.split('\n')
			.findLast((line) => line.includes(word)) ?? ''
	);
}

async function createDatabase(url: string) {
	const client = new pg.Client({ connectionString: url.replace('/vowtape?', '/postgres?') });
	await client.connect();
	const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'vowtape'`);
	if (!rowCount) await client.query('CREATE DATABASE vowtape');
	await client.end();
}
