import { describe, expect, test } from 'vitest';
import { makeParty } from '../../../testing/party.ts';
import { buildModel } from './model.ts';
import { Plan } from './plan.ts';
import { makeRandom } from './random.ts';
import type { Seating, Sits, Task } from './seating.ts';
import { seat } from './solver.ts';

const seeds = [1, 2, 3, 4, 5];

/** A party with some of its guests seated at random, some of them locked, where the plan has room. */
function makeBegun(seed: number): Task {
	// every other one has fewer seats than guests
	const party = makeParty({ guests: 40, tables: 5, wishes: 30, seed, seats: seed % 2 ? 9 : 7 });
	const random = makeRandom(seed + 100);
	const places = party.tables.flatMap(({ id, seats }) =>
		Array.from({ length: seats }, (_, n) => ({ table: id, seat: n + 1 }))
	);
	const sits: Sits[] = [];
	for (const { id } of party.guests) {
		if (random() < 0.4) continue;
		const [place] = places.splice(Math.floor(random() * places.length), 1);
		if (place) sits.push({ guest: id, ...place, isLocked: random() < 0.3 });
	}
	return { ...party, sits, seed, steps: 30_000 };
}

function expectWhole({ places, unseated }: Seating, { guests, tables }: Task) {
	const seen = [...places, ...unseated].map(({ guest }) => guest);
	expect(seen.toSorted()).toEqual(guests.map(({ id }) => id).toSorted());
	expect(new Set(places.map(({ table, seat }) => `${table} ${seat}`)).size).toBe(places.length);
	for (const { table, seat } of places) {
		expect(seat).toBeGreaterThanOrEqual(1);
		expect(seat).toBeLessThanOrEqual(tables.find(({ id }) => id === table)!.seats);
	}
	const chairs = tables.reduce((sum, { seats }) => sum + seats, 0);
	expect(unseated.length).toBe(Math.max(0, guests.length - chairs));
}

describe.for(seeds)('with seed %i', (seed) => {
	const task = makeBegun(seed);

	test.for(['everybody', 'rest', 'improve'] as const)(
		'%s: all are seated once, who is locked stays',
		(mode) => {
			const seating = seat({ ...task, mode });
			expectWhole(seating, task);
			for (const { guest, table, seat, isLocked } of task.sits!)
				if (isLocked || mode === 'rest') expect(seating.places).toContainEqual({ guest, table, seat });
			if (mode === 'improve') expect(seating.score).toBeLessThanOrEqual(seating.scoreBefore!);
		}
	);

	test('a plan is not worse for being improved, however little is tried', () => {
		const { places } = seat({ ...task, mode: 'everybody' });
		for (const steps of [0, 10, 300]) {
			const again = seat({ ...task, sits: places, mode: 'improve', steps, seed: seed + 1 });
			expect(again.score).toBeLessThanOrEqual(again.scoreBefore!);
			if (again.score === again.scoreBefore) expect(again.places).toEqual(places);
		}
	});

	test('the same task is answered the same way', () => {
		expect(seat({ ...task, steps: 5000 })).toEqual(seat({ ...task, steps: 5000 }));
	});

	test('what a move costs is what counting anew says', () => {
		const model = buildModel(task);
		const random = makeRandom(seed);
		const plan = new Plan(model, new Int32Array(model.guests.length).fill(model.nowhere));
		for (let move = 0; move < 300; move++) {
			const table = Math.floor(random() * (model.nowhere + 1));
			if (plan.room(table) > 0) plan.move(Math.floor(random() * model.guests.length), table);
			if (move % 50 > 0) continue;
			const counted = new Plan(model, plan.at);
			expect(plan.cost).toBeCloseTo(counted.cost, 4);
			expect(model.rules.map((_, n) => plan.wrong(n))).toEqual(model.rules.map((_, n) => counted.wrong(n)));
		}
	});
});
