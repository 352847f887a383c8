import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { build } from '../cli/build.ts';
import { migrate } from '../cli/migrate.ts';
import { startThrowaway } from '../cli/throwaway.ts';
import { root } from '../cli/tool.ts';
import { freePort } from './free-port.ts';

/** Something that was started, and how to end it. */
export type Site = {
	url: string;
	pid: number;
	/** from its start to its first answer */
	ms: number;
	/** gives back its exit code */
	stop: () => Promise<number | null>;
};

/** The flags that every install starts its Node with: see the Dockerfile. */
const SERVE = ['--max-semi-space-size=16'];

/** A migrated Postgres that keeps what it is told as a real one does; `copy` is the same database once more. */
export async function startDatabase(fill: (client: pg.Client) => Promise<unknown>) {
	const { url, stop } = await startThrowaway({ fast: false });
	await migrate(url);
	const client = await connect(url);
	await fill(client);
	await client.query('VACUUM ANALYZE');
	await client.end();
	const admin = await connect(url.replace('/vowtape?', '/postgres?'));
	await admin.query('CREATE DATABASE copy TEMPLATE vowtape');
	await admin.end();
	return { url, copy: url.replace('/vowtape?', '/copy?'), stop };
}

export async function connect(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	return client;
}

/** The production build in a process of its own, as an install runs it; `flags` are Node's. */
export async function startSite(env: Record<string, string>, flags: string[] = []): Promise<Site> {
	await build();
	return start([...SERVE, ...flags, join(root, 'src/cli/run.js'), '../server'], '/health/live', env);
}

/** `node` with these arguments, once it answers at `path`. */
export async function start(args: string[], path: string, env: Record<string, string> = {}): Promise<Site> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const began = performance.now();
	const child = spawn(process.execPath, args, {
		env: { ...process.env, NODE_ENV: 'production', ORIGIN: url, PORT: String(port), ...env },
		stdio: ['ignore', openSync(devNull, 'w'), 'inherit']
	});
	await answers(url + path, child);
	return { url, pid: child.pid!, ms: performance.now() - began, stop: () => end(child) };
}

export async function answers(url: string, child: ChildProcess): Promise<void> {
	for (;;) {
		const response = await fetch(url, { redirect: 'manual' }).catch(() => null);
		await response?.arrayBuffer();
		if (response && response.status < 500) return;
		if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
		await sleep(2);
	}
}

export async function end(child: ChildProcess): Promise<number | null> {
	if (child.exitCode === null && child.signalCode === null) {
		child.kill();
		await once(child, 'exit');
	}
	return child.exitCode;
}

/** Resident memory in MB; only Linux tells. */
export function memory(pid: number): number {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

/** Seconds of the processor that it has taken so far, in hundredths; only Linux tells. */
export function spent(pid: number): number {
	const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
	return (Number(user) + Number(system)) / 100;
}
