import { existsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Asked } from '../../../testing/task.ts';
import { inChild, TaskError, turns } from './child.server.ts';

const LIMITS = { seconds: 10, heapMb: 32 };
const file = join(import.meta.dirname, '../../../testing/task.ts');
const ask = (name: Asked['name'], input?: unknown, limits: Parameters<typeof inChild>[2] = LIMITS) =>
	inChild(file, { name, input } as never, limits) as Promise<never>;

test('a task gives back what it returns, from a process of its own', async () => {
	const { text, pid } = await ask('join', ['hello', '‘you’\u2028`${0}`']);
	expect(text).toBe('hello ‘you’\u2028`${0}`');
	expect(pid).not.toBe(process.pid);
});

describe('a task is stopped', () => {
	test('when it fills its memory', async () => {
		await expect(ask('fill')).rejects.toThrow(TaskError);
	});

	test('when it takes too long', async () => {
		await expect(ask('loop', null, { ...LIMITS, seconds: 0.3 })).rejects.toThrow(TaskError);
	});

	test('when it fails, or there is none', async () => {
		await expect(ask('fail')).rejects.toThrow(TaskError);
		await expect(inChild(import.meta.filename, null as never, LIMITS)).rejects.toThrow(TaskError);
	});
});

describe('of many tasks', () => {
	const most = Math.max(2, availableParallelism());
	const sleep = (
		ms: number,
		limits?: Parameters<typeof inChild>[2]
	): Promise<{ began: number; ended: number }> => ask('sleep', ms, limits);

	test('as many run at once as there are cores, and the others wait', async () => {
		const spans = await Promise.all(Array.from({ length: 4 * most }, () => sleep(100)));
		const atOnce = spans.map(({ began }) => spans.filter((one) => one.began <= began && began < one.ended));
		expect(Math.max(...atOnce.map(({ length }) => length))).toBeLessThanOrEqual(most);
	});

	test('one that would wait too long is told so, and the next has its place', async () => {
		const running = Array.from({ length: most }, () => sleep(2000));
		await expect(sleep(0, { ...LIMITS, patienceSeconds: 0.1 })).rejects.toMatchObject({
			...{ status: 503, code: 'busy', headers: { 'retry-after': '60' } }
		});
		const next = sleep(0);
		const ends = (await Promise.all(running)).map(({ ended }) => ended);
		expect((await next).began).toBeGreaterThanOrEqual(Math.min(...ends));
	});

	test('those that fail give their places back', async () => {
		const failed = await Promise.allSettled(Array.from({ length: 2 * most }, () => ask('fail')));
		expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
		expect(await ask('settings')).toBeNull();
	});
});

test('work of which there is one turn is done by one after the other, also once some of it failed', async () => {
	const inTurn = turns(1);
	let underWay = 0;
	const work = async () => {
		expect(++underWay).toBe(1);
		await new Promise(setImmediate);
		underWay--;
		throw new Error('no');
	};
	const done = await Promise.allSettled(Array.from({ length: 9 }, () => inTurn(work)));
	expect(done.map((one) => (one as PromiseRejectedResult).reason.message)).toEqual(Array(9).fill('no'));
});

describe('a task has no hold on us', () => {
	test('it does not see our settings', async () => {
		expect(process.env.PATH).toBeTruthy();
		expect(await ask('settings')).toBeNull();
	});

	test('it can neither write a file nor start a program', async () => {
		const path = join(tmpdir(), `vowtape-child-${process.pid}`);
		await expect(ask('write', path)).rejects.toThrow(TaskError);
		expect(existsSync(path)).toBe(false);
		await expect(ask('start')).rejects.toThrow(TaskError);
	});
});
