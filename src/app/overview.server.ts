import { all, type Overview } from '#lib/kernel/domain.ts';
import { permit, type Viewer } from '#lib/kernel/viewer.ts';
import { advance, type Guide } from './guide.ts';

type Look = Required<Overview> & { guide: Guide | null };

/**
 * What is next and how things stand, of all domains, in the order of the list. What the guide says, it says alone, unless
 * it is put away.
 */
export async function look(viewer: Viewer, isFolded = false): Promise<Look> {
	permit(viewer, 'people:read');
	const parts = await Promise.all(all().map(({ overview }) => overview?.(viewer)));
	const guide = await guideOf(viewer);
	const open = isFolded ? [] : (guide?.steps ?? []);
	const guided = open.filter(({ isDone }) => !isDone).map(({ href, covers }) => covers ?? href);
	return {
		guide,
		tasks: parts.flatMap((part) => part?.tasks ?? []).filter(({ href }) => !guided.includes(href)),
		lines: parts.flatMap((part) => part?.lines ?? []),
		bars: parts.flatMap((part) => part?.bars ?? [])
	};
}

async function guideOf(viewer: Viewer): Promise<Guide | null> {
	const steps = await Promise.all(all().map(({ steps }) => steps?.(viewer)));
	return advance(steps.flatMap((some) => some ?? []));
}

/** What comes after a step of the guide that is done, for the pages where it was done. */
export async function findNext(
	viewer: Viewer
): Promise<{ after: string[]; href: string; title: string } | null> {
	permit(viewer, 'people:read');
	const guide = await guideOf(viewer);
	if (!guide?.next) return null;
	const { href, title } = guide.next;
	// a new one is done where all of them stand
	const pathOf = (address: string) => address.split(/[?#]/)[0]!.replace(/\/new$/, '');
	const done = guide.steps.filter(({ isDone }) => isDone).map((step) => pathOf(step.href));
	return { after: done.filter((path) => path !== pathOf(href)), href, title };
}
