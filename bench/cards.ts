/*
 * The cards of 500 households as a PDF, A6 and A5: until all of it is there, until its first byte, the longest that another
 * page waits meanwhile, and the memory it takes. Prints one JSON line per target.
 *
 *   node bench/cards.ts
 */
import { memory, startDatabase, startSite } from '../src/testing/processes.ts';
import { median, say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const [SECRET, CARDS, ROUNDS] = ['anna', 500, 5];
const database = await startDatabase(async (client) => {
	await client.query(`
		WITH wedding AS (
			INSERT INTO wedding (names, held_on, place) VALUES ('Anna & Ben', '2066-06-12', 'Janskerk, Utrecht') RETURNING id
		), household AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT id, (ARRAY['Familie', 'Łukasz', 'Ελένη', 'Family'])[1 + n % 4] || ' ' || substr(md5(n::text), 1, 9),
				(ARRAY['en', 'nl'])[1 + n % 2], 'CARD' || lpad(n::text, 8, '0')
			FROM wedding, generate_series(1, ${CARDS}) n RETURNING id, wedding_id, name
		)
		INSERT INTO guest (wedding_id, household_id, name, position)
		SELECT wedding_id, id, initcap(substr(md5(name || p), 1, 6)) || ' de Vries', p FROM household, generate_series(0, 3) p`);
	await signInCouple(client, SECRET);
});
const site = await startSite({ DATABASE_URL: database.url });
const headers = { cookie: `session=${SECRET}` };

/** The longest that the health page waits until `work` is done. */
async function longestWait(work: Promise<unknown>): Promise<number> {
	let [longest, isDone] = [0, false];
	const done = work.then(() => (isDone = true));
	while (!isDone) {
		const began = performance.now();
		await (await fetch(`${site.url}/health/live`)).text();
		longest = Math.max(longest, performance.now() - began);
	}
	await done;
	return longest;
}

async function take(paper: string) {
	const began = performance.now();
	const response = await fetch(`${site.url}/couple/cards/cards.pdf?card=&paper=${paper}`, { headers });
	if (!response.ok) throw new Error(`answered ${response.status}`);
	let [first, bytes] = [0, 0];
	for await (const chunk of response.body!) {
		first ||= performance.now() - began;
		bytes += chunk.length;
	}
	return { first, bytes, ms: performance.now() - began };
}

try {
	await take('a6');
	const before = memory(site.pid);
	for (const paper of ['a6', 'a5']) {
		const taken: Awaited<ReturnType<typeof take>>[] = [];
		for (let n = 0; n < ROUNDS; n++) taken.push(await take(paper));
		const bench = `${CARDS} cards as a PDF, ${paper}`;
		const size = { kB: taken[0]!.bytes / 1000, first: median(taken, ({ first }) => first) };
		say({ bench, ours: median(taken, ({ ms }) => ms), ...size, unit: 'ms', atMost: 5000 });
	}
	say({ bench: 'another page meanwhile', ours: await longestWait(take('a6')), unit: 'ms', atMost: 200 });
	say({ bench: 'memory for them', ours: memory(site.pid) - before, unit: 'MB', atMost: 100 });
} finally {
	await site.stop();
	await database.stop();
}
