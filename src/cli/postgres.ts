import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '../lib/kernel/refusal.ts';
import { home, programs, unprivileged, type Owner } from './postgres-files.ts';

// English messages, and nothing of our own environment (PGPORT and its like would change what we ask for)
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
	if (process.platform === 'win32')
		throw new Refusal('Set DATABASE_URL: the embedded Postgres needs Linux or macOS.');
	const folder = home(dataDir, unprivileged());
	const bin = programs(folder.owner);
	const data = join(folder.path, 'data');
	const log = join(folder.path, 'log');
	const socket = socketFolder(folder);

	createOnce(bin, data, folder.owner, fast);
	await settle(data);
	if (!lock(data)) rmSync(log, { force: true });
	const server = launch(join(bin, 'postgres'), ['-D', data, '-k', socket, ...flags(fast)], folder.owner, log);
	const stop = async () => {
		server.kill('SIGINT');
		if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
		if (socket !== folder.path) rmSync(socket, { recursive: true, force: true });
	};
	try {
		await ready(server, data, log, dataDir);
		const url = address(socket);
		await createDatabase(url);
		return { url, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** For a command beside a site that may be running: its Postgres, or one started for as long as the command takes. */
export async function attach({ dataDir }: { dataDir: string }): Promise<Postgres> {
	const { pid, socket, status } = lock(join(dataDir, 'postgres/data')) ?? {};
	if (status !== 'ready' || !socket || !isAlive(Number(pid))) return start({ dataDir });
	return { url: address(socket), stop: async () => {} };
}

function address(socket: string): string {
	return `postgresql://vowtape@localhost/vowtape?host=${encodeURIComponent(socket)}`;
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function flags(fast: boolean): string[] {
	const settings = [
		'listen_addresses=',
		'port=5432',
		'unix_socket_permissions=0700',
		'timezone=UTC',
		'log_timezone=UTC'
	];
	if (fast)
		settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200');
	return settings.flatMap((setting) => ['-c', setting]);
}

// a socket's address has at most 107 bytes (103 on a Mac): from a deep folder it moves to /tmp
function socketFolder({ path, owner }: { path: string; owner: Owner }): string {
	if (Buffer.byteLength(join(path, '.s.PGSQL.5432')) <= 103) return path;
	const folder = mkdtempSync('/tmp/vowtape-');
	if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid!);
	return folder;
}

// made beside its place and renamed, so that a cluster is either whole or absent
function createOnce(bin: string, data: string, owner: Owner, fast: boolean) {
	const draft = `${data}.${process.pid}`;
	try {
		readFileSync(join(data, 'PG_VERSION'));
		return;
	} catch {
		rmSync(draft, { recursive: true, force: true });
	}
	const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
	const options = ['-D', draft, '-U', 'vowtape', '--auth=trust', ...locale, ...(fast ? ['--no-sync'] : [])];
	try {
		execFileSync(join(bin, 'initdb'), options, { ...owner, ...PLAIN, stdio: 'pipe' });
		renameSync(draft, data);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		const { code, stderr } = error as { code?: string; stderr?: Buffer };
		// another start was quicker: the server's own lock decides which of the two goes on
		if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
		throw new Refusal(
			`The embedded Postgres could not be set up: ${lastLine(String(stderr ?? '')) || error}`
		);
	}
}

async function settle(data: string) {
	// its keeper was killed a moment ago, and it is on its way out
	for (let tries = 0; tries < 100 && lock(data)?.status === 'stopping'; tries++) await sleep(100);
	const pid = lock(data)?.pid;
	if (!pid) return;
	// after a power cut the process id in the lock may by now belong to another program
	try {
		const name = execFileSync('ps', ['-o', 'comm=', '-p', pid], { encoding: 'utf8', stdio: 'pipe' });
		if (!name.includes('postgres')) rmSync(join(data, 'postmaster.pid'), { force: true });
	} catch {
		// no such process, or no `ps`: Postgres looks for itself
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
		const { pid, status } = lock(data) ?? {};
		if (pid === String(server.pid) && status === 'ready') return;
		await sleep(10);
	}
	const reason = lastLine(readFileSync(log, 'utf8'), 'FATAL');
	if (/lock file ".*" already exists/.test(reason)) {
		throw new Refusal(
			`${dataDir} is in use by another Vowtape: stop that one, or set DATA_DIR to another folder.`
		);
	}
	throw new Refusal(`The embedded Postgres does not start: ${reason} (all of it: ${log})`);
}

function lock(data: string): { pid?: string; socket?: string; status?: string } | undefined {
	try {
		const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
		return { pid: lines[0]?.trim(), socket: lines[4]?.trim(), status: lines[7]?.trim() };
	} catch {
		return undefined;
	}
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
