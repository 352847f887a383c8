import type { Step } from '#lib/kernel/domain.ts';

export type Guide = { steps: Step[]; next: Step | undefined; done: number };

/**
 * The way from an empty install to the first invitation, and the step that is next on it: one that can be left out is
 * passed once a later one is done. Null when nothing is left that must be done.
 */
export function advance(steps: readonly Step[]): Guide | null {
	const sorted = steps.toSorted((one, other) => one.place - other.place);
	if (!sorted.some(({ isDone, isOptional }) => !isDone && !isOptional)) return null;
	const last = sorted.findLastIndex(({ isDone }) => isDone);
	const next = sorted.find(({ isDone, isOptional }, at) => !isDone && (!isOptional || at > last));
	return { steps: sorted, next, done: sorted.filter(({ isDone }) => isDone).length };
}
