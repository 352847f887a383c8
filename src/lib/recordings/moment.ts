/** Where a recording stands: those of one moment stand together. */
export type Line = { id: string; moment: string };

/** Recordings of one moment, as they stand under its name. */
export type Moment<Standing extends Line> = { name: string; recordings: Standing[] };

/** What the couple's list is made of; `version` is what a change of the whole moment asks for. */
export type MomentAsSeen<Standing extends Line> = Moment<Standing> & { version: string };

/** A moment that stands in two places is two. */
export function gather<Standing extends Line>(lines: readonly Standing[]): Moment<Standing>[] {
	const moments: Moment<Standing>[] = [];
	for (const line of lines) {
		const last = moments.at(-1);
		if (last?.name === line.moment) last.recordings.push(line);
		else moments.push({ name: line.moment, recordings: [line] });
	}
	return moments;
}

/**
 * The order once `id` was put one place `up` or `down`, or to a place counted from 1; too high or too low is the nearest
 * end. It belongs to the moment that it comes to: a step over the edge of one leads into the next, a place to that of
 * the recording that stood there, `joins` to that one's.
 */
export function put(
	lines: readonly Line[],
	id: string,
	{ to, joins }: { to: 'up' | 'down' | number; joins?: string }
): Line[] {
	const before = lines.findIndex((line) => line.id === id);
	const asked = typeof to === 'number' ? to - 1 : before + (to === 'up' ? -1 : 1);
	const at = Math.min(Math.max(asked, 0), lines.length - 1);
	const { moment } = lines.find((line) => line.id === joins) ?? lines[at]!;
	const isStep = typeof to !== 'number' && moment !== lines[before]!.moment;
	const others = lines.filter((line) => line.id !== id);
	return others.toSpliced(isStep ? before : at, 0, { id, moment });
}

/** The order once `id` is of this `moment`: at its end; where there is none yet, behind the one it was of. */
export function settle(lines: readonly Line[], id: string, moment: string): Line[] {
	const before = lines.find((line) => line.id === id);
	const others = lines.filter((line) => line.id !== id);
	if (before?.moment === moment) return [...lines];
	const ends = [moment, before?.moment].map((name) => others.findLastIndex((line) => line.moment === name));
	const end = ends.find((index) => index >= 0) ?? others.length - 1;
	return others.toSpliced(end + 1, 0, { id, moment });
}
