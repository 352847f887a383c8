import { findConflicts, PATIENCE } from './conflict.ts';
import { judge } from './judge.ts';
import { buildModel, type Model } from './model.ts';
import { Plan } from './plan.ts';
import { makeRandom } from './random.ts';
import { Search } from './search.ts';
import { arrangeAll } from './seats.ts';
import type { Seating, Task } from './seating.ts';

export type Progress = { share: number; score: number; holding: number; wishes: number };

/** Steps of one slice: some thirty milliseconds. */
const SLICE = 40_000;
/** Measured in bench/seating.ts: more are hardly ever worth their time. */
const STEPS_EACH = 18_000;
const MOST_STEPS = 16_000_000;

/**
 * Seats people slice by slice. After each it says how far it is, and takes `true` for "stop": then, and when the time is
 * over, the answer is the best plan until then, with all that belongs to it.
 */
export function* seatInSlices(task: Task): Generator<Progress, Seating, boolean | undefined> {
	const began = performance.now();
	const model = buildModel(task);
	const seed = task.seed ?? 1;
	const usual = Math.min(MOST_STEPS, STEPS_EACH * model.guests.length);
	const search = new Search(model, Math.max(0, Math.floor(task.steps ?? usual)), makeRandom(seed));
	const first = search.best.slice();
	let ended: Seating['ended'] = 'done';
	while (!search.isDone) {
		search.step(SLICE);
		const isStopped = yield {
			...{ share: search.done / search.steps, ...search.measure() },
			wishes: model.rules.length
		};
		if (isStopped) ended = 'stopped';
		else if (performance.now() - began > (task.milliseconds ?? Infinity)) ended = 'time';
		if (ended !== 'done') break;
	}
	const best = search.finish();
	const conflicts = findConflicts(model, { steps: PATIENCE });
	const found = settle(model, best, seed);
	const before = model.isImproving ? settleBefore(model, first, seed) : undefined;
	const plan = before && before.score <= found.score + 1e-9 ? before : found;
	return {
		...report(model, plan),
		...{ score: plan.score, scoreBefore: before?.score, steps: search.done, ended },
		wishes: judge(model, plan, conflicts, { steps: PATIENCE }),
		conflicts: conflicts.map((rules) => rules.map(({ wish }) => wish.id))
	};
}

/** The same at one go. */
export function seat(task: Task): Seating {
	const slices = seatInSlices(task);
	for (;;) {
		const { done, value } = slices.next();
		if (done) return value;
	}
}

/** Only what is amiss, without what decides between plans that are equally good. */
function score(model: Model, at: Int32Array, amiss: number): number {
	return new Plan(model, at).amiss() + amiss;
}

function settle(model: Model, at: Int32Array, seed: number) {
	const { startTable, startSeat, fixedTable } = model;
	// whoever changes table leaves their seat behind
	const given = startSeat.map((seat, guest) => (startTable[guest] === at[guest] ? seat : -1));
	const isKept = (guest: number) => fixedTable[guest]! >= 0;
	const { seats, amiss } = arrangeAll(model, at, { given, isKept, seed });
	return { at, seats, score: score(model, at, amiss) };
}

/** What stands, with whoever has no seat put where there is one. */
function settleBefore(model: Model, at: Int32Array, seed: number) {
	const { seats, amiss } = arrangeAll(model, at, { given: model.startSeat, isKept: () => true, seed });
	return { at, seats, score: score(model, at, amiss) };
}

function report(model: Model, { at, seats }: { at: Int32Array; seats: Int32Array }) {
	const places: Seating['places'] = [];
	const unseated: Seating['unseated'] = [];
	for (const [number, { id }] of model.guests.entries()) {
		if (at[number] === model.nowhere) unseated.push({ guest: id, why: 'no_seat_left' });
		else places.push({ guest: id, table: model.tables[at[number]!]!.id, seat: seats[number]! + 1 });
	}
	return { places, unseated, released: model.released };
}
