import { existsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
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

describe('of many tasks', () => {
	const most = Math.max(2, availableParallelism());
	const sleep = async (ms: number) => {
		const began = Date.now();
		await new Promise((wake) => setTimeout(wake, ms));
		return { began, ended: Date.now() };
	};

	test('as many run at once as there are cores, and the others wait', async () => {
		const spans = await Promise.all(Array.from({ length: 4 * most }, () => inChild(sleep, 100, LIMITS)));
		const atOnce = spans.map(({ began }) => spans.filter((one) => one.began <= began && began < one.ended));
		expect(Math.max(...atOnce.map(({ length }) => length))).toBeLessThanOrEqual(most);
	});

	test('one that would wait too long is told so, and the next has its place', async () => {
		const running = Array.from({ length: most }, () => inChild(sleep, 2000, LIMITS));
		await expect(inChild(sleep, 0, { ...LIMITS, patienceSeconds: 0.1 })).rejects.toMatchObject({
			...{ status: 503, code: 'busy', headers: { 'retry-after': '60' } }
		});
		const next = inChild(sleep, 0, LIMITS);
		const ends = (await Promise.all(running)).map(({ ended }) => ended);
		expect((await next).began).toBeGreaterThanOrEqual(Math.min(...ends));
	});

	test('those that fail give their places back', async () => {
		const fail = () => {
			throw new Error('no');
		};
		const failed = await Promise.allSettled(
			Array.from({ length: 2 * most }, () => inChild(fail, null, LIMITS))
		);
		expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
		expect(await inChild(() => 'done', null, LIMITS)).toBe('done');
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
