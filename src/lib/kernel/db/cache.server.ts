import { rows } from './db.server.ts';
import { together } from './together.ts';

/** Answers of one kind, some kilobytes each: everybody at a large wedding. */
const MOST = 1000;

/**
 * Asks Postgres again only when something was written since, by whichever process. Its snapshot says so: the text names
 * the transactions whose rows can be seen, so that the same text means the same rows. No answer is older than its
 * call. `ask` may depend on nothing but the key and the database, not on the time; what it gives is shared and not to
 * be changed. `nameOf` tells keys apart.
 */
export function cached<Key, Answer>(
	nameOf: (key: Key) => string,
	ask: (key: Key) => Promise<Answer>
): (key: Key) => Promise<Answer> {
	let latest = { snapshot: '', answers: new Map<string, Answer>() };
	return async (key) => {
		const { snapshot } = await current();
		if (latest.snapshot !== snapshot) latest = { snapshot, answers: new Map() };
		// of this snapshot, also when another has come until the answer is there
		const { answers } = latest;
		const name = nameOf(key);
		if (answers.has(name)) return answers.get(name)!;
		const answer = await ask(key);
		if (answers.size >= MOST) answers.clear();
		answers.set(name, answer);
		return answer;
	};
}

/**
 * What can be seen, and what time it is by the database: one question with those of `cached` that are asked beside it.
 *
 * After a crash Postgres may give the numbers of lost transactions to others. It then also begins its statistics anew
 * (PostgreSQL manual, 27.2), which tells the time before from the time after.
 */
export const current = together<void, { snapshot: string; now: Date }>(async (askers) => {
	const text = `SELECT concat_ws(' ', pg_current_snapshot(), stats_reset) AS snapshot, now() FROM pg_stat_bgwriter`;
	const [found] = await rows<{ snapshot: string; now: Date }>('snapshot', text, []);
	return askers.map(() => found!);
});
