/** How the benches count and print: one JSON line per target, ours with the bare figure beside it. */

export const ROUNDS = 7;

/** Each of `measures` in turn, `times` times, so that whatever else the machine does reaches all of them. */
export async function inTurn<Name extends string, Result>(
	measures: Record<Name, () => Promise<Result>>,
	times = ROUNDS
): Promise<Record<Name, Result[]>> {
	const names = Object.keys(measures) as Name[];
	const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
	for (let round = 0; round < times; round++) {
		for (const name of names) found[name].push(await measures[name]());
	}
	return found;
}

export function median<Result>(results: Result[], figure: (result: Result) => number): number {
	return results.map(figure).toSorted((a, b) => a - b)[results.length >> 1]!;
}

export function say(result: Record<string, string | number | null | undefined>) {
	const rounded = Object.entries(result).map(([name, value]) => [
		name,
		typeof value === 'number' ? Math.round(value * 100) / 100 : value
	]);
	console.log(JSON.stringify(Object.fromEntries(rounded)));
}
