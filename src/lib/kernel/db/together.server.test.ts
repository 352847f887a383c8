import { expect, it } from 'vitest';
import type { Tx } from './db.server.ts';
import { shareOut, together } from './together.server.ts';

it('asks once for all that come in the same turn, and gives each its own answer', async () => {
	const asked: number[][] = [];
	const double = together(async (keys: number[]) => {
		asked.push(keys);
		return keys.map((key) => key * 2);
	});
	expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
	expect(await double(5)).toBe(10);
	expect(asked).toEqual([[1, 2, 1], [5]]);
});

it('fails for all of one turn, and not for the next', async () => {
	let isAway = true;
	const ask = together(async (keys: string[]) => {
		if (isAway) throw new Error('away');
		return keys;
	});
	const first = await Promise.allSettled([ask('a'), ask('b')]);
	expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	isAway = false;
	expect(await ask('c')).toBe('c');
});

it('asks in a transaction alone', async () => {
	const tx = {} as Tx;
	const asked: unknown[] = [];
	const ask = together(async (keys: number[], given) => {
		asked.push([keys, given === tx]);
		return keys;
	});
	await Promise.all([ask(1), ask(2, tx), ask(3)]);
	expect(asked).toEqual([
		[[2], true],
		[[1, 3], false]
	]);
});

it('gives each their rows', () => {
	const found = [
		{ place: 2, name: 'a' },
		{ place: 1, name: 'b' },
		{ place: 2, name: 'c' }
	];
	expect(shareOut(found, 3)).toEqual([[{ name: 'b' }], [{ name: 'a' }, { name: 'c' }], []]);
});
