import highs from 'highs';
import { expect, test } from 'vitest';
import { makeParty } from '../../../testing/party.ts';
import { buildModel, type Model } from './model.ts';
import { COST, Plan, weigh } from './plan.ts';
import { makeRandom } from './random.ts';
import { Search } from './search.ts';
import { RULE } from './sides.ts';

/** What is amiss at the tables, as a linear program: the least of it is proven, not searched for. */
function write(model: Model): string {
	const tables = [...model.tables.keys()];
	const guests = [...model.guests.keys()];
	const costs: string[] = [];
	const rows: string[] = [];
	const at = (guest: number, table: number) => `x${guest}_${table}`;
	let count = 0;
	/** one that is at least what each of the lines says */
	const atLeast = (lines: string[], most: number) => {
		const name = `y${count++}`;
		for (const line of lines) rows.push(`${name} ${line} >= ${most}`);
		return name;
	};
	/** half of it for being broken, half by how much */
	const charge = (price: number, wrong: string[]) => {
		for (const name of wrong) costs.push(`${price / 2 / wrong.length} ${name}`);
		costs.push(`${price / 2} ${atLeast([], 0)}`);
		for (const name of wrong) rows.push(`y${count - 1} - ${name} >= 0`);
	};
	const isParted = (a: number, b: number) =>
		atLeast(
			tables.map((table) => `- ${at(a, table)} + ${at(b, table)}`),
			0
		);
	const meets = (a: number, b: number, isWrong: (one: number, other: number) => boolean) =>
		atLeast(
			tables.map((table) => {
				const wrong = tables.filter((other) => isWrong(table, other)).map((other) => ` - ${at(b, other)}`);
				return `- ${at(a, table)}${wrong.join('')}`;
			}),
			-1
		);

	for (const guest of guests) rows.push(`${tables.map((table) => at(guest, table)).join(' + ')} = 1`);
	for (const table of tables)
		rows.push(`${guests.map((guest) => at(guest, table)).join(' + ')} <= ${model.seats[table]}`);
	for (const home of model.pairs.keys()) {
		const pairs = guests
			.filter((guest) => model.household[guest] === home)
			.flatMap((guest) =>
				[...model.mates.items.subarray(model.mates.from[guest], model.mates.from[guest + 1])]
					.filter((mate) => guest < mate)
					.map((mate) => isParted(guest, mate))
			);
		if (pairs.length > 0) charge(COST.home, pairs);
	}
	for (const { kind, one, other, isAmong, isWrong, wish } of model.rules) {
		if (kind === RULE.PLACE) {
			const wrong = [...one].map((guest) =>
				atLeast(
					[
						tables
							.filter((table) => isWrong[table])
							.map((table) => `- ${at(guest, table)}`)
							.join(' ')
					],
					0
				)
			);
			charge(weigh(wish), wrong);
			continue;
		}
		const others = isAmong || kind === RULE.GROUP ? one : other;
		const pairs = [...one].flatMap((a) =>
			[...others].filter((b) => others !== one || a < b).map((b): [number, number] => [a, b])
		);
		const width = model.nowhere + 1;
		const isBad =
			kind === RULE.APART
				? (a: number, b: number) => a === b
				: (a: number, b: number) => isWrong[a * width + b] === 1;
		charge(
			weigh(wish),
			pairs.map(([a, b]) => (kind === RULE.GROUP ? isParted(a, b) : meets(a, b, isBad)))
		);
	}
	const binaries = guests.flatMap((guest) => tables.map((table) => at(guest, table)));
	return `Minimize\n obj: ${costs.join(' + ')}\nSubject To\n${rows.map((row, n) => ` c${n}: ${row}`).join('\n')}\nBinary\n ${binaries.join('\n ')}\nEnd\n`;
}

const solver = highs();

test.for([
	{ guests: 24, tables: 4, seats: 7, wishes: 12, seed: 1 },
	{ guests: 24, tables: 3, seats: 8, wishes: 14, seed: 3 },
	{ guests: 40, tables: 4, seats: 11, wishes: 14, seed: 6 }
])('no plan is better than that for $guests guests with $wishes wishes', async (given) => {
	const model = buildModel(makeParty(given));
	const search = new Search(model, 18_000 * given.guests, makeRandom(1));
	search.step(Infinity);
	const found = new Plan(model, search.finish()).amiss();
	const exact = (await solver).solve(write(model));
	expect(exact.Status).toBe('Optimal');
	expect(found).toBeGreaterThan(0);
	expect(found).toBeCloseTo(exact.ObjectiveValue, 3);
});
