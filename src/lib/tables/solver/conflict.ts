import { Unions } from './begin.ts';
import { canHold, type Patience } from './feasible.ts';
import type { Model } from './model.ts';
import { RULE, type Rule } from './sides.ts';

/** As many as a person reads. */
const MOST_CONFLICTS = 10;
/** A second or so. */
export const PATIENCE = 10_000_000;

const isHard = ({ wish }: Rule) => wish.isHard === true;

/**
 * Finds sets of hard wishes that cannot all hold, each of them as small as can be and none sharing a wish with another:
 * first among wishes about the same people, then among all, who may want the same chairs.
 */
export function findConflicts(model: Model, patience: Patience): Rule[][] {
	const conflicts: Rule[][] = [];
	let left = model.rules.filter(isHard);
	const look = (among: Rule[]): void => {
		while (among.length > 0 && conflicts.length < MOST_CONFLICTS) {
			const found = findSmallest(model, among, patience);
			if (!found) return;
			conflicts.push(found);
			among = among.filter((rule) => !found.includes(rule));
			left = left.filter((rule) => !found.includes(rule));
		}
	};
	for (const related of relate(model, left)) look(related);
	look(left);
	return conflicts;
}

/** The smallest set of wishes that hold which leaves no room for this one; `undefined` when there is none, or it was too hard to say. */
export function findAgainst(
	model: Model,
	rule: Rule,
	{ holding, patience }: { holding: readonly Rule[]; patience: Patience }
): Rule[] | undefined {
	const related = relate(model, [rule, ...holding]).find((group) => group.includes(rule))!;
	const others = related.filter((other) => other !== rule);
	return findSmallest(model, others, patience, [rule])?.filter((other) => other !== rule);
}

/** Wishes that have to do with each other, by the people and the tables they are about. */
function relate({ guests, tables }: Model, rules: readonly Rule[]): Rule[][] {
	const unions = new Unions(guests.length + tables.length);
	for (const { one, other, kind, isWrong } of rules) {
		if (kind === RULE.PLACE && isWrong.indexOf(0) === isWrong.lastIndexOf(0) && isWrong.includes(0))
			unions.join(one[0]!, guests.length + isWrong.indexOf(0));
		unions.joinAll(one);
		unions.joinAll(other);
		if (other.length > 0) unions.join(one[0]!, other[0]!);
	}
	return [...Map.groupBy(rules, ({ one }) => unions.find(one[0]!)).values()];
}

/**
 * Leaves out one after the other what is not needed for the contradiction, `kept` never; then looks whether fewer would
 * do, as long as the patience lasts.
 */
function findSmallest(
	model: Model,
	rules: readonly Rule[],
	patience: Patience,
	kept: readonly Rule[] = []
): Rule[] | undefined {
	const cannot = (some: readonly Rule[]) => canHold(model, [...kept, ...some], patience) === false;
	if (!cannot(rules)) return undefined;
	let least = [...rules];
	// by halves, by quarters and so on: most wishes have nothing to do with it
	for (let size = Math.ceil(least.length / 2); least.length > 0; size = Math.ceil(size / 2)) {
		for (let from = 0; from < least.length;) {
			const without = least.toSpliced(from, size);
			if (cannot(without)) least = without;
			else from += size;
		}
		if (size === 1) break;
	}
	for (let size = 0; size < least.length; size++) {
		if (choose(rules.length, size) * 200 > patience.steps) break;
		for (const some of combine(rules, size)) if (cannot(some)) return [...kept, ...some];
	}
	return [...kept, ...least];
}

function choose(of: number, count: number): number {
	let ways = 1;
	for (let n = 0; n < count; n++) ways *= (of - n) / (n + 1);
	return ways;
}

/** Every way to take so many of a list. */
function* combine<Item>(list: readonly Item[], count: number, from = 0): Generator<Item[]> {
	if (count === 0) return void (yield []);
	for (let n = from; n <= list.length - count; n++)
		for (const rest of combine(list, count - 1, n + 1)) yield [list[n]!, ...rest];
}
