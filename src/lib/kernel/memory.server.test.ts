import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { giveBackWhenQuiet } from './memory.server.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives memory back each time nobody has asked for ten seconds, and once', () => {
	const giveBack = vi.fn();
	const isAsked = giveBackWhenQuiet(giveBack);
	vi.advanceTimersByTime(9000);
	isAsked();
	vi.advanceTimersByTime(9000);
	expect(giveBack).not.toHaveBeenCalled();
	vi.advanceTimersByTime(60_000);
	expect(giveBack).toHaveBeenCalledOnce();
	isAsked();
	vi.advanceTimersByTime(10_000);
	expect(giveBack).toHaveBeenCalledTimes(2);
});

it('collects what nobody holds any more', async () => {
	const kept = new WeakRef({});
	// what a WeakRef was made of is held until the turn ends
	await Promise.resolve();
	vi.useRealTimers();
	await new Promise((resolve) => setTimeout(resolve));
	vi.useFakeTimers();
	giveBackWhenQuiet();
	vi.advanceTimersByTime(10_000);
	expect(kept.deref()).toBeUndefined();
});
