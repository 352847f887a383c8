import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { root } from './tool.ts';

const file = parse(readFileSync(`${root}/Taskfile.yml`, 'utf8'));
const tasks: Record<string, { desc: string; cmd: string }> = file.tasks;

describe('Taskfile.yml', () => {
	it('has what a maintainer needs', () => {
		expect(file.version).toBe('3');
		expect(Object.keys(tasks)).toEqual([
			'app:build',
			'app:push',
			'app:deploy',
			'app:versions',
			'app:rollback',
			'app:logs',
			'app:status',
			'backup',
			'restore',
			'db:psql',
			'rehearse'
		]);
	});

	it.each(Object.entries(tasks))('%s is one call of a script that there is', async (_, { cmd, desc }) => {
		const [, name] = /^node src\/cli\/run\.js ([\w/-]+)( \{\{\.CLI_ARGS\}\})?$/.exec(cmd) ?? [];
		expect(desc).toMatch(/^[A-Z].*[^.]$/);
		const script = await import(/* @vite-ignore */ `${root}/src/cli/${name}.ts`);
		expect(script.main).toBeTypeOf('function');
	});
});

describe('.github/workflows/ci.yml', () => {
	type Step = { run?: string; uses?: string };
	const { jobs } = parse(readFileSync(`${root}/.github/workflows/ci.yml`, 'utf8')) as {
		jobs: Record<string, { steps: Step[] }>;
	};
	const steps = Object.values(jobs).flatMap(({ steps }) => steps);

	it('runs the test command of the README, and scripts that there are', async () => {
		expect(steps.map(({ run }) => run)).toContain('npm ci && npm test');
		const names = steps.flatMap(({ run = '' }) =>
			[...run.matchAll(/run\.js ([\w/-]+)/g)].map(([, name]) => name!)
		);
		expect(names).toEqual(['rehearse', 'deploy/build', 'deploy/push', 'deploy/deploy']);
		for (const name of names) {
			expect((await import(/* @vite-ignore */ `${root}/src/cli/${name}.ts`)).main).toBeTypeOf('function');
		}
	});

	it('has what tests try the site with before it runs them, as .ci/run has', () => {
		const scripts = [steps.map(({ run }) => run).join('\n'), readFileSync(`${root}/.ci/run`, 'utf8')];
		for (const script of scripts) expect(script).toMatch(/\.ci\/packages\b[^]*npm test/);
	});

	it('uses nothing of others but by its commit', () => {
		const used = steps.flatMap(({ uses }) => uses ?? []);
		expect(used.length).toBeGreaterThan(3);
		for (const action of used) expect(action).toMatch(/@[\da-f]{40}$/);
	});
});
