/*
 * The couple looks for somebody: 2,000 guests in 800 households. How long the server takes for each letter that is typed
 * into the palette. Prints one JSON line per target.
 *
 *   node bench/find.ts
 */
import { spent, startDatabase, startSite } from '../src/testing/processes.ts';
import { fillAnswered } from './answered.ts';
import { median, say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const SECRET = 'anna';
const WORDS = ['', 'f', 'fa', 'fam', 'family 7', 'bee 12', 'nobody at all'];
const database = await startDatabase(async (client) => {
	await fillAnswered(client);
	await signInCouple(client, SECRET);
});
const site = await startSite({ DATABASE_URL: database.url });

async function ask(words: string): Promise<{ ms: number; found: number }> {
	const began = performance.now();
	const url = `${site.url}/couple/search/found?${new URLSearchParams({ q: words })}`;
	const response = await fetch(url, { headers: { cookie: `session=${SECRET}` } });
	if (!response.ok) throw new Error(`answered ${response.status}`);
	const kinds = (await response.json()) as { hits: object[] }[];
	return { ms: performance.now() - began, found: kinds.reduce((sum, { hits }) => sum + hits.length, 0) };
}

try {
	const asked = [];
	for (let n = 0; n < 5; n++) for (const words of WORDS) await ask(words);
	const before = spent(site.pid);
	for (let n = 0; n < 10; n++) for (const words of WORDS) asked.push(await ask(words));
	const processor = ((spent(site.pid) - before) / asked.length) * 1000;
	say({
		...{ bench: 'the palette finds among 2,000 guests', ours: median(asked, ({ ms }) => ms) },
		...{ slowest: Math.max(...asked.map(({ ms }) => ms)), processor, unit: 'ms', atMost: 50 },
		found: asked
			.slice(0, WORDS.length)
			.map(({ found }) => found)
			.join(' ')
	});
} finally {
	await site.stop();
	await database.stop();
}
