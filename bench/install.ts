/*
 * How much `npm ci` puts on the disk of whoever tries the site, in a fresh folder, and which packages weigh most of it.
 * Counted in bytes of the files, a package with those that only it has inside.
 *
 *   node bench/install.ts
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../src/cli/tool.ts';
import { say } from './measure.ts';

function megabytes(folder: string): number {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return files.reduce((sum, file) => sum + sizeOf(join(folder, file)), 0) / 1e6;
}

function sizeOf(path: string): number {
	const found = lstatSync(path);
	return found.isFile() ? found.size : 0;
}

/** The folders right below `modules` that are packages, `@scope/name` among them. */
function packages(modules: string): string[] {
	return readdirSync(modules).flatMap((name) => {
		if (name.startsWith('.')) return [];
		return name.startsWith('@') ? readdirSync(join(modules, name)).map((one) => `${name}/${one}`) : [name];
	});
}

const folder = mkdtempSync(join(tmpdir(), 'vowtape-bench-'));
try {
	for (const file of ['package.json', 'package-lock.json', '.npmrc'])
		copyFileSync(join(root, file), join(folder, file));
	execFileSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	const modules = join(folder, 'node_modules');
	say({ bench: 'npm ci', ours: megabytes(modules), bare: null, unit: 'MB', atMost: 1000 });
	packages(modules)
		.map((name) => ({ name, size: megabytes(join(modules, name)) }))
		.toSorted((one, other) => other.size - one.size)
		.slice(0, 10)
		.forEach(({ name, size }) => say({ bench: `npm ci, ${name}`, ours: size, bare: null, unit: 'MB' }));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
