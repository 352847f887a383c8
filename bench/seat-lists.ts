/*
 * A plan of 250 tables with 2,000 guests on paper, and a tablet that looks for one of them: until all of it is there,
 * until its first byte, and the longest that another page waits meanwhile. Prints one JSON line per target.
 *
 *   node bench/seat-lists.ts
 */
import { digest } from '../src/lib/kernel/token.ts';
import { startDatabase, startSite } from '../src/testing/processes.ts';
import { median, say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const [SECRET, TABLES, GUESTS, ROUNDS] = ['anna', 250, 2000, 3];
const TOKEN = 'tablet'.padEnd(43, '-');
let plan = '';
const database = await startDatabase(async (client) => {
	const { rows } = await client.query(`
		WITH wedding AS (
			INSERT INTO wedding (names, held_on, place) VALUES ('Anna & Ben', '2066-06-12', 'Utrecht') RETURNING id
		), event AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT id, '{"en": "Dinner"}', '2066-06-12T16:00Z' FROM wedding RETURNING id, wedding_id
		), plan AS (
			INSERT INTO plan (wedding_id, event_id, name, is_chosen, width, height)
			SELECT wedding_id, id, 'The hall', true, 8000, 4500 FROM event RETURNING id, wedding_id, event_id
		), seating_table AS (
			INSERT INTO seating_table (wedding_id, plan_id, number, shape, seats, x, y)
			SELECT wedding_id, id, n, 'round', 8, 170 + (n - 1) % 25 * 320, 200 + (n - 1) / 25 * 440
			FROM plan, generate_series(1, ${TABLES}) n RETURNING id, number
		), household AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT id, 'Family ' || n, 'en', 'CARD' || lpad(n::text, 8, '0')
			FROM wedding, generate_series(1, ${GUESTS / 4}) n RETURNING id, wedding_id, name
		), guest AS (
			INSERT INTO guest (wedding_id, household_id, name, position)
			SELECT wedding_id, id, initcap(substr(md5(name || p), 1, 6)) || (ARRAY[' de Vries', ' Żółć', ' Παππά'])[1 + p % 3], p
			FROM household, generate_series(0, 3) p RETURNING id, wedding_id
		), invitation AS (
			INSERT INTO invitation (event_id, guest_id, wedding_id)
			SELECT event.id, guest.id, event.wedding_id FROM guest, event RETURNING event_id, guest_id
		), finder AS (
			INSERT INTO seat_finder (event_id, wedding_id, token_hash) SELECT id, wedding_id, decode('${digest(TOKEN).toString('hex')}', 'hex') FROM event
		), seat AS (
			INSERT INTO seat (plan_id, guest_id, wedding_id, event_id, table_id, number)
			SELECT plan.id, g.id, plan.wedding_id, plan.event_id, t.id, 1 + g.n % 8
			FROM plan, (SELECT id, (row_number() OVER (ORDER BY id) - 1)::int AS n FROM guest) g
			JOIN seating_table t ON t.number = 1 + g.n / 8
		)
		SELECT id FROM plan`);
	plan = rows[0].id;
	await signInCouple(client, SECRET);
});
const site = await startSite({ DATABASE_URL: database.url });
const headers = { cookie: `session=${SECRET}` };

async function take(path: string) {
	const began = performance.now();
	const response = await fetch(site.url + path, { headers });
	if (!response.ok) throw new Error(`${path} answered ${response.status}`);
	let [first, bytes] = [0, 0];
	for await (const chunk of response.body!) {
		first ||= performance.now() - began;
		bytes += chunk.length;
	}
	return { first, bytes, ms: performance.now() - began };
}

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

try {
	const base = `/couple/tables/${plan}/print`;
	for (const file of ['plan-a3.pdf', 'by-table.pdf', 'by-name.pdf', 'place-cards.pdf', 'kitchen.xlsx']) {
		const taken: Awaited<ReturnType<typeof take>>[] = [];
		for (let n = 0; n < ROUNDS; n++) taken.push(await take(`${base}/${file}`));
		const size = { kB: taken[0]!.bytes / 1000, first: median(taken, ({ first }) => first) };
		const ours = median(taken, ({ ms }) => ms);
		say({ bench: `${GUESTS} guests, ${TABLES} tables: ${file}`, ours, ...size, unit: 'ms', atMost: 5000 });
	}
	const wait = await longestWait(take(`${base}/plan-a3.pdf`));
	say({ bench: 'another page meanwhile', ours: wait, unit: 'ms', atMost: 200 });
	const found: Awaited<ReturnType<typeof take>>[] = [];
	for (let n = 0; n < 20; n++) found.push(await take(`/seats/${TOKEN}?q=${'abcdef'[n % 6]}${n % 10}&go=1`));
	say({ bench: 'a seat found on a tablet', ours: median(found, ({ ms }) => ms), unit: 'ms', atMost: 100 });
} finally {
	await site.stop();
	await database.stop();
}
