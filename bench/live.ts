/*
 * A thousand pages of a wedding's couple that keep themselves up to date: how long until an answer has reached all of
 * them, and what each takes of memory. The answer comes from another process, as with many machines. Prints one JSON
 * line per target.
 *
 *   node bench/live.ts
 */
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, memory, startDatabase, startSite } from '../src/testing/processes.ts';
import { fillAnswered } from './answered.ts';
import { median, say } from './measure.ts';
import { digest } from './wedding.ts';

const STREAMS = 1000;
/** as many has each of the couple */
const EACH = 2;
const secrets = Array.from({ length: STREAMS / EACH }, (_, n) => `anna ${n}`);
const database = await startDatabase(async (client) => {
	await fillAnswered(client);
	await client.query(
		`WITH made AS (
			INSERT INTO account (email) SELECT 'anna-' || n || '@example.org' FROM generate_series(1, $1::int) n RETURNING id
		), member AS (
			INSERT INTO member (account_id, wedding_id, role) SELECT made.id, w.id, 'couple' FROM made, wedding w
		), numbered AS (SELECT id, row_number() OVER () AS n FROM made)
		INSERT INTO session (wedding_id, account_id, secret_hash, expires_at)
		SELECT w.id, m.id, hash, now() + interval '1 day' FROM wedding w, numbered m
		JOIN unnest($2::bytea[]) WITH ORDINALITY AS given (hash, n) USING (n)`,
		[secrets.length, secrets.map(digest)]
	);
});
const site = await startSite({ DATABASE_URL: database.url });
const client = await connect(database.url);
const agent = new Agent({ maxSockets: Infinity });

let heard = 0;
let all = () => {};

function listen(secret: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const headers = { cookie: `session=${secret}` };
		get(`${site.url}/live`, { agent, headers }, (response) => {
			if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}`));
			response.on('data', (text: Buffer) => {
				if (!text.includes('event: answers')) return;
				resolve();
				if (++heard === STREAMS) all();
			});
		}).on('error', () => {});
	});
}

async function answer(): Promise<number> {
	heard = 0;
	const reached = new Promise<void>((resolve) => (all = resolve));
	const began = performance.now();
	await client.query(`
		WITH one AS (SELECT id, wedding_id FROM household ORDER BY random() LIMIT 1), said AS (
			INSERT INTO rsvp (household_id, wedding_id, answered_at) SELECT id, wedding_id, clock_timestamp() FROM one
			ON CONFLICT (household_id) DO UPDATE SET answered_at = clock_timestamp()
		)
		SELECT pg_notify('live', json_build_object('weddingId', wedding_id, 'topic', 'answers')::text) FROM one`);
	await reached;
	return performance.now() - began;
}

try {
	await fetch(`${site.url}/couple/answers`, { headers: { cookie: `session=${secrets[0]}` } });
	await sleep(2000);
	const before = memory(site.pid);
	for (const secret of secrets) await Promise.all(Array.from({ length: EACH }, () => listen(secret)));
	await sleep(2000);
	const each = ((memory(site.pid) - before) / STREAMS) * 1024;
	say({ bench: 'an open stream, of 1,000', ours: each, unit: 'kB', atMost: 40 });
	const took: number[] = [];
	for (let n = 0; n < 15; n++) took.push(await answer());
	say({
		...{ bench: 'an answer reaches all of them', ours: median(took, Number), unit: 'ms', atMost: 1000 },
		slowest: Math.max(...took)
	});
} finally {
	agent.destroy();
	await client.end();
	await site.stop();
	await database.stop();
}
