/*
 * How long it takes from a fresh clone of the last commit to a page: `npm ci && npm start` with whatever Node and npm
 * are in front, next to `npm ci` alone. What npm has in its cache it does not fetch again.
 *
 *   node bench/fresh.ts
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../src/cli/tool.ts';
import { say } from './measure.ts';
import { answers, end } from '../src/testing/processes.ts';
import { freePort } from '../src/testing/free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'vowtape-bench-'));
const clone = join(folder, 'vowtape');
const port = String(await freePort());
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
try {
	execFileSync('git', ['clone', '--quiet', '--no-local', root, clone]);
	execFileSync('npm', ['ci'], { cwd: clone, stdio: 'ignore' });
	const npm = seconds();

	const site = spawn('npm', ['start'], { cwd: clone, env: { ...process.env, PORT: port }, stdio: 'ignore' });
	try {
		await answers(`http://127.0.0.1:${port}/login`, site);
		say({ bench: 'fresh clone to a page', ours: seconds(), bare: npm, unit: 's', atMost: 180 });
	} finally {
		await end(site);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
