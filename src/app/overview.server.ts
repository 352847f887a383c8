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
	const steps = await Promise.all(all().map(({ steps }) => steps?.(viewer)));
	const guide = advance(steps.flatMap((some) => some ?? []));
	const open = isFolded ? [] : (guide?.steps ?? []);
	const guided = open.filter(({ isDone }) => !isDone).map(({ href, covers }) => covers ?? href);
	return {
		guide,
		tasks: parts.flatMap((part) => part?.tasks ?? []).filter(({ href }) => !guided.includes(href)),
		lines: parts.flatMap((part) => part?.lines ?? []),
		bars: parts.flatMap((part) => part?.bars ?? [])
	};
}
