import { findAgainst } from './conflict.ts';
import { canHold, type Patience } from './feasible.ts';
import type { Model } from './model.ts';
import { followSeats, longestRow } from './room.ts';
import { countPieces } from './seats.ts';
import type { Verdict, Why } from './seating.ts';
import { RULE, type Rule } from './sides.ts';

type Plan = { at: Int32Array; seats: Int32Array };

/** Says of each wish whether it holds in this plan, and if not, why. */
export function judge(model: Model, plan: Plan, conflicts: readonly Rule[][], patience: Patience): Verdict[] {
	const verdicts = new Map<string, Verdict>();
	for (const { wish, why } of model.voids) verdicts.set(wish.id, { wish: wish.id, state: 'void', why });
	const seen = new Map(model.rules.map((rule) => [rule, look(model, plan, rule)]));
	const holding = model.rules.filter((rule) => rule.wish.isHard && !seen.get(rule));
	for (const [rule, sight] of seen) {
		const wish = rule.wish.id;
		if (!sight) verdicts.set(wish, { wish, state: 'holds' });
		else {
			const conflict = conflicts.find((rules) => rules.includes(rule));
			const why = explain(model, rule, conflict ?? { holding, patience }) ?? sight;
			verdicts.set(wish, { wish, state: 'broken', why });
		}
	}
	return model.wishes.map(({ id }) => verdicts.get(id)!);
}

type Search = { holding: readonly Rule[]; patience: Patience };

/** Why it could not have held, whatever the plan: for the conflict it is part of, or for what holds. */
function explain(model: Model, rule: Rule, conflict: readonly Rule[] | Search): Why | undefined {
	const seats = countRoom(model, rule);
	if (rule.one.length > seats) return { code: 'too_many', people: rule.one.length, seats };
	if (canHold(model, [rule], { steps: Infinity }) === false) {
		const guests = name(model, findFixed(model, rule));
		return guests.length > 0 ? { code: 'fixed', guests } : undefined;
	}
	const rules = 'holding' in conflict ? findAgainst(model, rule, conflict) : conflict;
	if (!rules) return undefined;
	return { code: 'contradicts', wishes: rules.filter((other) => other !== rule).map(({ wish }) => wish.id) };
}

/** Those it is about who stay where they are, and those who stay where it would have others. */
function findFixed(model: Model, { one, other, kind, isWrong }: Rule): number[] {
	return [...model.guests.keys()].filter((guest) => {
		const table = model.fixedTable[guest]!;
		const isMeant = one.includes(guest) || other.includes(guest);
		return table >= 0 && (isMeant || (kind === RULE.PLACE && !isWrong[table]));
	});
}

/** How many the largest table takes that would do for all of them, or all that would do for each. */
function countRoom({ tables, seats }: Model, { kind, isRow, isWrong }: Rule): number {
	if (kind === RULE.GROUP)
		return tables.reduce((most, table, n) => Math.max(most, isRow ? longestRow(table) : seats[n]!), 0);
	return kind === RULE.PLACE ? tables.reduce((sum, _, n) => sum + (isWrong[n] ? 0 : seats[n]!), 0) : Infinity;
}

const name = ({ guests }: Model, numbers: Iterable<number>) => [...numbers].map((guest) => guests[guest]!.id);

/** What is to be seen of it in this plan; nothing when it holds. */
function look(
	model: Model,
	{ at, seats }: Plan,
	{ kind, one, other, isAmong, isWrong, isRow, wish }: Rule
): Why | undefined {
	const all = [...one, ...other];
	const isParting = wish.kind === 'apart' || wish.kind === 'far';
	const standing = all.filter((guest) => at[guest] === model.nowhere);
	if (standing.length > 0 && !isParting) return { code: 'not_seated', guests: name(model, standing) };
	const tablesOf = (guests: Iterable<number>) => [
		...new Set(
			[...guests].filter((guest) => at[guest] !== model.nowhere).map((guest) => model.tables[at[guest]!]!.id)
		)
	];
	const found = { near: 'too_far', far: 'too_near' } as const;
	const code = wish.kind === 'near' || wish.kind === 'far' ? found[wish.kind] : 'other_tables';
	if (kind === RULE.PLACE) {
		const wrong = one.filter((guest) => isWrong[at[guest]!] === 1);
		if (wrong.length === 0) return undefined;
		if (wish.kind !== 'apart') return { code, tables: tablesOf(wrong) };
		return { code: 'same_table', table: tablesOf(wrong)[0]!, guests: name(model, wrong) };
	}
	if (kind === RULE.GROUP) {
		const tables = tablesOf(one);
		if (tables.length > 1) return { code: 'other_tables', tables };
		const next = followSeats(model.tables[at[one[0]!]!]!);
		const isBroken =
			isRow &&
			countPieces(
				[...one].map((guest) => seats[guest]!),
				next
			) > 1;
		return isBroken ? { code: 'not_in_a_row', table: tables[0]! } : undefined;
	}
	for (const a of one)
		for (const b of isAmong ? one : other) {
			if (a === b || at[a] === model.nowhere || at[b] === model.nowhere) continue;
			const [here, there] = [at[a]!, at[b]!];
			if (kind === RULE.APART && here === there)
				return { code: 'same_table', table: model.tables[here]!.id, guests: name(model, [a, b]) };
			if (kind === RULE.DISTANCE && isWrong[here * (model.nowhere + 1) + there] === 1)
				return { code, tables: tablesOf([a, b]) };
		}
	return undefined;
}
