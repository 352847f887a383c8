import { all, type Overview } from '#lib/kernel/domain.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';

/** What is next and how things stand, of all domains, in the order of the list. */
export async function look(viewer: Viewer): Promise<Overview> {
	const parts = await Promise.all(all().map(({ overview }) => overview?.(viewer)));
	return {
		tasks: parts.flatMap((part) => part?.tasks ?? []),
		lines: parts.flatMap((part) => part?.lines ?? [])
	};
}
