/*
 * Who sits where: 150 guests on 20 tables with 60 wishes, next to the best of ten runs that are three times as long,
 * and 2,000 guests on 250 tables. In processor time, which whatever else the machine does adds little to.
 *
 *   node bench/seating.ts
 */
import { median, say } from './measure.ts';
import { makeParty } from '../src/testing/party.ts';
import type { Task } from '../src/lib/tables/solver/seating.ts';
import { seat, seatInSlices } from '../src/lib/tables/solver/solver.ts';

const PARTIES = [1, 2, 3];
const LONGER = 3;
const RUNS = Array.from({ length: 10 }, (_, n) => n + 2);

function timed(task: Task) {
	const before = process.cpuUsage();
	const seating = seat(task);
	const { user, system } = process.cpuUsage(before);
	return { ...seating, ms: (user + system) / 1000 };
}

const small = PARTIES.map((seed) => makeParty({ guests: 150, tables: 20, wishes: 60, seed }));
const found = small.map((party) => timed(party));
say({
	bench: '150 guests, 20 tables, 60 wishes',
	ours: median(found, ({ ms }) => ms),
	unit: 'ms',
	atMost: 2000
});
for (const [n, party] of small.entries()) {
	const { score, steps } = found[n]!;
	const longer = RUNS.map((seed) => seat({ ...party, seed, steps: LONGER * steps }).score);
	const best = Math.min(...longer);
	say({
		bench: `what is amiss in party ${n + 1}`,
		...{ ours: score, best, worst: Math.max(...longer) },
		...{ unit: 'points', atMost: best * 1.01 }
	});
}

const large = makeParty({ guests: 2000, tables: 250, wishes: 600, seed: 1 });
const { ms, score, conflicts } = timed(large);
say({ bench: '2,000 guests, 250 tables, 600 wishes', ours: ms, unit: 'ms', atMost: 20_000 });
say({ bench: 'what is amiss', ours: score, conflicts: conflicts.length, unit: 'points' });

let longest = 0;
let began = performance.now();
for (const slices = seatInSlices({ ...large, steps: 1_000_000 }); ; began = performance.now()) {
	const { done } = slices.next();
	if (done) break;
	longest = Math.max(longest, performance.now() - began);
}
say({ bench: 'the longest slice, until it hears a stop', ours: longest, unit: 'ms' });
