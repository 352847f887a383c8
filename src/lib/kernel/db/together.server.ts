import { db, type Tx } from './db.server.ts';

/**
 * Makes one question of many: what is asked in the same turn of the event loop is answered by one call of `ask`,
 * which gets all the keys and gives back an answer for each, in their order. With 64 connections at once the questions
 * that every page asks are answered 1.3 to 2 times faster than one by one. What a transaction asks is asked in it, alone.
 */
export function together<Key, Answer>(
	ask: (keys: Key[], tx: Tx) => Promise<Answer[]>
): (key: Key, tx?: Tx) => Promise<Answer> {
	let waiting: { keys: Key[]; answers: Promise<Answer[]> } | undefined;

	function gather() {
		const keys: Key[] = [];
		const answers = new Promise((endOfTurn) => setImmediate(endOfTurn)).then(() => {
			waiting = undefined;
			return ask(keys, db);
		});
		return { keys, answers };
	}

	return async (key, tx = db) => {
		if (tx !== db) return (await ask([key], tx))[0]!;
		waiting ??= gather();
		const { keys, answers } = waiting;
		const place = keys.push(key) - 1;
		return (await answers)[place]!;
	};
}

/** Rows of one query for many, each with the place of whom it is for (from 1 on, as WITH ORDINALITY has it), as theirs. */
export function shareOut<Row extends { place: number }>(found: Row[], count: number): Omit<Row, 'place'>[][] {
	const shares: Omit<Row, 'place'>[][] = Array.from({ length: count }, () => []);
	for (const { place, ...row } of found) shares[place - 1]!.push(row);
	return shares;
}
