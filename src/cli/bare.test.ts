import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './tool.ts';

let clone: string;

/** Of what git keeps: nothing is generated yet. */
beforeAll(() => {
	clone = mkdtempSync(join(tmpdir(), 'vowtape-bare-'));
	const isKept = (path: string) => !/[\\/](client|compiled|testing|e2e|demo)$/.test(path);
	for (const name of ['src', 'prisma'])
		cpSync(join(root, name), join(clone, name), { recursive: true, filter: isKept });
	for (const name of ['package.json', 'tsconfig.json', 'vite.config.ts'])
		cpSync(join(root, name), join(clone, name));
	mkdirSync(join(clone, 'node_modules'));
	for (const name of readdirSync(join(root, 'node_modules')).filter((name) => name !== '.cache'))
		symlinkSync(join(root, 'node_modules', name), join(clone, 'node_modules', name));
});
afterAll(() => rmSync(clone, { recursive: true }));

it('a clone in which nothing was started yet has what its commands load', () => {
	const says = (...args: string[]) =>
		spawnSync(process.execPath, ['src/cli/run.js', ...args], {
			...{ cwd: clone, encoding: 'utf8', env: { ...process.env, LOCAL: '1' } }
		}).stderr;
	expect(says('restore', 'latest')).toMatch(/^BACKUP_TO is not set/);
	expect(says('export', 'nowhere.example', join(clone, 'wedding.tar'))).toMatch(
		/^There is no wedding nowhere\.example/
	);
	// what is generated takes as long as the machine is busy
}, 180_000);
