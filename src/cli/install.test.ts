import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

// npm's own Node is the one of the machine; tasks and cron start no other
it('goes on with the Node that npm ci brought where the one of the machine is older', () => {
	const node = process.env.npm_node_execpath ?? process.execPath;
	const { status, stderr } = spawnSync(node, [`${root}/src/cli/run.js`, 'deploy/versions'], {
		encoding: 'utf8'
	});
	expect(stderr).toBe('Give an environment: dev or prod.\n');
	expect(status).toBe(1);
});
