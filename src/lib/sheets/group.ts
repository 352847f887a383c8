import { fold } from '../kernel/text/fold.ts';
import type { Chosen, Question } from './entry.ts';

type Line = { line: number; isEmpty: boolean; number?: string; household: string };
/** The places of the rows that are one household; numbered, where the table has a number for it. */
export type Grouped = { at: number[]; name: string; isNumbered: boolean };

/**
 * Which rows are one household: those with its number, else those of its name, and those below it where that is empty.
 * A name that comes back further down is asked about, unless that happens all the time: then the list has another order.
 */
export function group(lines: Line[], chosen: Chosen): { groups: Grouped[]; questions: Question[] } {
	const groups: Grouped[] = [];
	const known = new Map<string, Grouped>();
	const questions: Question[] = [];
	const isMixed = countReturns(lines) > 3 + lines.length / 20;
	let last: Grouped | undefined;
	for (const [at, { line, isEmpty, number = '', household }] of lines.entries()) {
		if (isEmpty) {
			last = undefined;
			continue;
		}
		const key = number ? `#${number}` : fold(household);
		const before = key ? known.get(key) : last;
		const isBack = !!key && !number && before && before !== last && !isMixed;
		if (isBack) questions.push(askAgain(line, household));
		if (isBack && chosen[`again${line}`] === 'skip') continue;
		if (before && (!isBack || chosen[`again${line}`] !== 'apart')) {
			before.at.push(at);
			last = before;
			continue;
		}
		last = { at: [at], name: household, isNumbered: !!number };
		groups.push(last);
		if (key) known.set(key, last);
		// below a row without a household nobody belongs to it
		else last = undefined;
	}
	return { groups, questions };
}

function askAgain(line: number, name: string): Question {
	const options = (['together', 'apart', 'skip'] as const).map((kind) => ({ value: kind, kind, name: '' }));
	return { key: `again${line}`, line, kind: 'again', params: { name, other: name }, options };
}

function countReturns(lines: Line[]): number {
	const seen = new Set<string>();
	let last = '';
	let returns = 0;
	for (const { household } of lines) {
		const key = fold(household);
		if (key && key !== last && seen.has(key)) returns++;
		if (key) seen.add((last = key));
	}
	return returns;
}
