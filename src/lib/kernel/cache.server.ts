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
		const snapshot = await current();
		if (latest.snapshot !== snapshot || latest.answers.size >= MOST)
			latest = { snapshot, answers: new Map() };
		// of this snapshot, also when another has come until the answer is there
		const { answers } = latest;
		const name = nameOf(key);
		if (!answers.has(name)) answers.set(name, await ask(key));
		return answers.get(name)!;
	};
}

/** With the start of Postgres, which after a crash may give the numbers of lost transactions to others. */
const current = together<void, string>(async (askers) => {
	const text = `SELECT concat_ws(' ', pg_current_snapshot(), pg_postmaster_start_time()) AS snapshot`;
	const [now] = await rows<{ snapshot: string }>('snapshot', text, []);
	return askers.map(() => now!.snapshot);
});
