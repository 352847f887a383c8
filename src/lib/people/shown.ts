import { m } from '../i18n/compiled/messages.js';
import { day } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';

/** Which guests have something on their pages, and from when. */
export type Shown = {
	isHidden: boolean;
	/** guests have it from that day on: midnight UTC of it */
	visibleOn: Date | null;
	/** tags of the households that have it; none: all */
	onlyFor: string[];
};

export type ShownFilled = { isHidden: boolean; visibleOn: string; onlyFor: string[] };

/** What came back from a form, or else what is stored, as its fields show it. */
export function fillShown(stored?: Shown, typed?: object): ShownFilled {
	if (typed) {
		// a box that is not ticked is not in a form
		const { visibleOn = '', onlyFor = {} } = typed as { visibleOn?: string; onlyFor?: object };
		return { visibleOn, isHidden: 'isHidden' in typed, onlyFor: Object.keys(onlyFor) };
	}
	const { isHidden = false, visibleOn, onlyFor = [] } = stored ?? {};
	return { isHidden, visibleOn: visibleOn?.toISOString().slice(0, 10) ?? '', onlyFor };
}

/** "Off the page", "From 1 June 2027", "Only for Family". */
export function listStates(
	{ isHidden, visibleOn, onlyFor }: Shown,
	tags: { id: string; name: string }[],
	language: string
): string[] {
	const groups = tags.filter(({ id }) => onlyFor.includes(id)).map(({ name }) => isolated(name));
	return [
		...(isHidden ? [m.block_is_hidden()] : []),
		...(visibleOn ? [m.block_is_from({ day: day(visibleOn, language) })] : []),
		...(groups.length ? [m.block_is_for({ groups: groups.join(', ') })] : [])
	];
}
