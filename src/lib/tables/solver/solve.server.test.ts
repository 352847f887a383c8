import { describe, expect, test } from 'vitest';
import { makeParty } from '../../../testing/party.ts';
import { TaskError } from '../../kernel/jobs/child.server.ts';
import { solve, stop } from './solve.server.ts';
import { seat } from './solver.ts';

const party = makeParty({ guests: 30, tables: 4, wishes: 12, seed: 1 });
const ENDLESS = { ...party, steps: 1e12 };

describe('a thread', () => {
	test('seats people as this one would', async () => {
		const task = { ...party, steps: 20_000, seed: 3 };
		expect(await solve(task)).toEqual(seat(task));
	});

	test('says how far it is, and when it is told to stop answers with the best plan until then', async () => {
		const { promise: heard, resolve } = Promise.withResolvers<number>();
		const controller = new AbortController();
		const solving = solve(ENDLESS, {
			onProgress: ({ share, score }) => score > 0 && resolve(share),
			signal: controller.signal
		});
		expect(await heard).toBeGreaterThan(0);
		controller.abort();
		const { ended, places } = await solving;
		expect(ended).toBe('stopped');
		expect(places.length).toBe(30);
	});

	test('that was told before it began has a plan none the less', async () => {
		const { ended, places } = await solve(ENDLESS, { signal: AbortSignal.abort() });
		expect(ended).toBe('stopped');
		expect(places.length).toBe(30);
	});

	test('works no longer than it may', async () => {
		expect(await solve(ENDLESS, { seconds: 0.1 })).toMatchObject({ ended: 'time' });
	});

	test('works on one task, and then on the next', async () => {
		const controller = new AbortController();
		const order: string[] = [];
		const first = solve(ENDLESS, { signal: controller.signal, onProgress: () => controller.abort() });
		const second = solve({ ...party, steps: 0 });
		void first.then(() => order.push('first'));
		void second.then(() => order.push('second'));
		await Promise.all([first, second]);
		expect(order).toEqual(['first', 'second']);
	});

	test('that trips over a task, or is ended with the process, says so', async () => {
		await expect(solve({ tables: [], guests: null as never })).rejects.toThrow(TaskError);
		const ending = solve(ENDLESS, { onProgress: () => void stop() });
		await expect(ending).rejects.toThrow(TaskError);
		expect(await solve({ ...party, steps: 0 })).toMatchObject({ ended: 'done' });
	});
});
