/*
 * An evening after the wedding: ten thousand guests are signed in, read the list (60 %), the front page (15 %) and the
 * page of a recording (10 %), play a piece (10 %) and give stars (5 %), while the couple saves a household twice a
 * minute. Next to the same pages of the same code whose questions to the database are answered at once.
 *
 *   node bench/evening.ts
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WITHOUT_DATABASE } from './bare.ts';
import { fire, type Request } from './load.ts';
import { inTurn, median, say } from './measure.ts';
import { connect, type Site, startDatabase, startSite } from '../src/testing/processes.ts';
import { address, fill, GUESTS, signIn, signInCouple } from './wedding.ts';

const COUPLE = 'the-couple';
const AMOUNT = 6000;
const ROUNDS = 3;
const secrets = Array.from({ length: GUESTS }, (_, n) => `somebody-${n}`);

const database = await startDatabase(async (client) => {
	await fill(client);
	await signIn(client, secrets);
	await signInCouple(client, COUPLE);
});
const uploads = await mkdtemp(join(tmpdir(), 'vowtape-evening-'));
const client = await connect(database.url);
const recordings = await column('SELECT id FROM recording ORDER BY position');
const guests = await column(`SELECT id FROM guest ORDER BY substring(email FROM '\\d+')::int`);
const [household] = await column(`SELECT household_id AS id FROM guest WHERE email = '${address(0)}'`);
await client.end();
for (const id of recordings) {
	await mkdir(join(uploads, id));
	await writeFile(join(uploads, id, 'original.mp3'), Buffer.alloc(1_000_000));
}
const ours = await startSite({ DATABASE_URL: database.url, UPLOADS_DIR: uploads });
const bare = await startSite({ DATABASE_URL: database.copy, UPLOADS_DIR: uploads }, WITHOUT_DATABASE);

async function column(text: string): Promise<string[]> {
	return (await client.query<{ id: string }>(text)).rows.map(({ id }) => id);
}

/** What the nth of a long line of visitors asks for; the kinds are mixed as evenly as they can be. */
function visit(n: number, origin: string): Request {
	const who = (n * 7919) % GUESTS;
	const headers = { cookie: `session=${secrets[who]}` };
	const recording = `/recordings/${recordings[n % recordings.length]}`;
	const kind = (n * 37) % 100;
	if (kind < 60) return { path: '/recordings', headers };
	if (kind < 75) return { path: '/', headers };
	if (kind < 85) return { path: recording, headers };
	if (kind < 95)
		return { path: `${recording}/audio`, headers: { ...headers, range: 'bytes=0-65535' }, status: 206 };
	const form = { origin, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
	const body = new URLSearchParams({ guestId: guests[who]!, stars: String(1 + (n % 5)) }).toString();
	return { path: `${recording}?/score`, headers: { ...headers, ...form }, body };
}

/** Changes nothing that anybody sees, and is a write all the same. */
async function saveHousehold({ url }: Site): Promise<void> {
	const headers = { cookie: `session=${COUPLE}`, origin: url, accept: 'text/html' };
	const page = await (await fetch(`${url}/couple/guests/${household}`, { headers })).text();
	const value = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? '';
	const form = new URLSearchParams({ name: 'Household 0', language: 'en', version: value('version') });
	for (const place of [0, 1])
		for (const field of ['id', 'name', 'email'])
			form.set(`guests.${place}.${field}`, value(`guests\\.${place}\\.${field}`));
	const { status } = await fetch(`${url}/couple/guests/${household}?/save`, {
		...{ method: 'POST', headers, body: form, redirect: 'manual' }
	});
	if (status !== 303) throw new Error(`the household was not saved: ${status}`);
}

async function evening(site: Site, connections: number, more: { amount?: number; pace?: number } = {}) {
	const requests = Array.from({ length: AMOUNT }, (_, n) => visit(n, site.url));
	const saving = site === ours ? setInterval(() => void saveHousehold(site), 30_000) : undefined;
	if (site === ours) await saveHousehold(site);
	const load = { url: site.url, connections, requests, amount: AMOUNT, status: 200, ...more };
	return fire(load).finally(() => clearInterval(saving));
}

try {
	for (const site of [ours, bare]) for (let round = 0; round < 2; round++) await evening(site, 8);
	for (const connections of [8, 64]) {
		const found = await inTurn(
			{
				ours: () => evening(ours, connections),
				bare: () => evening(bare, connections)
			},
			ROUNDS
		);
		const isWanted = connections === 64;
		const [o, b] = [found.ours, found.bare].map((rounds) => median(rounds, ({ perSecond }) => perSecond));
		const bench = `evening, ${connections} connections`;
		say({
			...{ bench, ours: o!, bare: b!, unit: 'a second', ratio: o! / b! },
			...(isWanted && { atLeast: 0.7 })
		});
		const [oursMs, bareMs] = [found.ours, found.bare].map((rounds) => median(rounds, ({ p95 }) => p95));
		say({
			...{ bench: `${bench}, p95`, ours: oursMs!, bare: bareMs!, unit: 'ms', ratio: oursMs! / bareMs! },
			...(isWanted && { atMost: 1.25 })
		});
		const [failed, bareFailed] = [found.ours, found.bare].map((rounds) =>
			rounds.reduce((sum, { failures }) => sum + failures, 0)
		);
		say({ bench: `${bench}, errors`, ours: failed!, bare: bareFailed!, unit: 'answers', atMost: 0 });
	}
	const paced = await evening(ours, 64, { amount: 60_000, pace: 1000 });
	say({ bench: 'evening, a minute at 1,000 a second', ours: paced.perSecond, bare: 1000, unit: 'a second' });
	say({ bench: 'evening, a minute at 1,000 a second, p95', ours: paced.p95, unit: 'ms', atMost: 50 });
	say({
		bench: 'evening, a minute at 1,000 a second, errors',
		ours: paced.failures,
		unit: 'answers',
		atMost: 0
	});
} finally {
	await ours.stop();
	await bare.stop();
	await database.stop();
	await rm(uploads, { recursive: true });
}
