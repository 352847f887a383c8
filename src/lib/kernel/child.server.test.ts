import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inChild, TaskError } from './child.server.ts';

const LIMITS = { seconds: 10, heapMb: 32 };

test('a task gives back what it returns, from a process of its own', async () => {
	const task = async ({ words }: { words: string[] }) => ({ text: words.join(' '), pid: process.pid });
	const { text, pid } = await inChild(task, { words: ['hello', '‘you’\u2028`${0}`'] }, LIMITS);
	expect(text).toBe('hello ‘you’\u2028`${0}`');
	expect(pid).not.toBe(process.pid);
});

describe('a task is stopped', () => {
	test('when it fills its memory', async () => {
		const task = () => {
			const list: object[] = [];
			for (;;) list.push({ list: [list.length] });
		};
		await expect(inChild(task, null, LIMITS)).rejects.toThrow(TaskError);
	});

	test('when it takes too long', async () => {
		const task = () => {
			for (;;);
		};
		await expect(inChild(task, null, { ...LIMITS, seconds: 0.3 })).rejects.toThrow(TaskError);
	});

	test('when it fails', async () => {
		const task = () => {
			throw new Error('no');
		};
		await expect(inChild(task, null, LIMITS)).rejects.toThrow(TaskError);
	});
});

describe('a task has no hold on us', () => {
	test('it does not see our settings', async () => {
		expect(process.env.PATH).toBeTruthy();
		expect(await inChild(() => process.env.PATH ?? null, null, LIMITS)).toBeNull();
	});

	test('it can neither write a file nor start a program', async () => {
		const path = join(tmpdir(), `vowtape-child-${process.pid}`);
		const write = (path: string, require: NodeJS.Require) => require('node:fs').writeFileSync(path, 'x');
		await expect(inChild(write, path, LIMITS)).rejects.toThrow(TaskError);
		expect(existsSync(path)).toBe(false);
		const start = (_: null, require: NodeJS.Require) => require('node:child_process').execFileSync('true');
		await expect(inChild(start, null, LIMITS)).rejects.toThrow(TaskError);
	});
});
