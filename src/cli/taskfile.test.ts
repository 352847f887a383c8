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
