/*
 * Answers come in: 2,000 guests in 800 households, asked to four events of which two have a menu and one has room for
 * so many. `GET /rsvp` and then `POST /rsvp`, 200 a second for half a minute: what of it was lost is counted afterwards.
 * Next to the same page of the same code whose questions to the database are answered at once.
 *
 *   node bench/rsvp.ts
 */
import type pg from 'pg';
import { WITHOUT_DATABASE } from './bare.ts';
import { fire, type Load, type Request } from './load.ts';
import { inTurn, median, say } from './measure.ts';
import { connect, type Site, spent, startDatabase, startSite } from '../src/testing/processes.ts';
import { startMailerSend } from '../src/testing/mailersend.ts';
import { digest } from './wedding.ts';

const HOUSEHOLDS = 800;
const PACE = 200;
// divides the households, so that each has a connection of its own
const CONNECTIONS = 50;
const ROUNDS = 3;
const secrets = Array.from({ length: HOUSEHOLDS }, (_, n) => `household-${n}`);

/** Two and three in turn; the first of each has an address. All have said that they come. */
async function fill(client: pg.Client): Promise<void> {
	await client.query(`
		WITH wedding AS (
			INSERT INTO wedding (names, held_on, place) VALUES ('Anna & Ben', '2027-06-12', 'Utrecht') RETURNING id
		), household AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT id, 'Household ' || n, 'en', 'CARD' || lpad(n::text, 8, '0')
			FROM wedding, generate_series(0, ${HOUSEHOLDS - 1}) n
			RETURNING id, wedding_id, substring(code FROM 5)::int AS n
		), guest AS (
			INSERT INTO guest (wedding_id, household_id, name, email, position)
			SELECT wedding_id, id, 'Guest ' || p, CASE p WHEN 0 THEN 'guest-' || n || '@example.org' END, p
			FROM household, generate_series(0, 1 + n % 2) p RETURNING id, wedding_id
		), event AS (
			INSERT INTO event (wedding_id, name, starts_at, capacity)
			SELECT id, jsonb_build_object('en', 'Event ' || n), now() + n * interval '1 day', CASE n WHEN 4 THEN 5000 END
			FROM wedding, generate_series(1, 4) n RETURNING id, wedding_id, starts_at
		), meal AS (
			INSERT INTO meal (wedding_id, event_id, name, position)
			SELECT wedding_id, id, jsonb_build_object('en', 'Meal ' || n), n
			FROM event, generate_series(1, 3) n WHERE starts_at < now() + interval '50 hours'
		), invitation AS (
			INSERT INTO invitation (event_id, guest_id, wedding_id) SELECT e.id, g.id, g.wedding_id FROM event e, guest g
		)
		INSERT INTO reply (event_id, guest_id, wedding_id, state) SELECT e.id, g.id, g.wedding_id, 'yes' FROM event e, guest g`);
	await client.query(
		`INSERT INTO session (wedding_id, household_id, secret_hash, expires_at)
		SELECT h.wedding_id, h.id, hash, now() + interval '1 day'
		FROM unnest($1::bytea[], $2::text[]) AS given (hash, name) JOIN household h USING (name)`,
		[secrets.map(digest), secrets.map((_, n) => `Household ${n}`)]
	);
}

const provider = await startMailerSend();
const env = {
	...{ MAILERSEND_API_TOKEN: 'bench', MAILERSEND_BASE_URL: provider.url, MAIL_FROM: 'wedding@example.org' },
	DATA_KEY: 'ab'.repeat(32)
};
const database = await startDatabase(fill);
const ours = await startSite({ ...env, DATABASE_URL: database.url });
const bare = await startSite({ ...env, DATABASE_URL: database.copy }, WITHOUT_DATABASE);
const client = await connect(database.url);
const count = async (query: string) => (await client.query<{ n: number }>(query)).rows[0]!.n;

const cookie = (n: number) => ({ cookie: `session=${secrets[n]}` });
const pages: Request[] = secrets.map((_, n) => ({ path: '/rsvp', headers: cookie(n) }));

const look = (site: Site, amount: number, pace?: number) =>
	timed(site, { requests: pages, amount, pace, status: 200 });

/** With `processor`: milliseconds of it that the site took a request, which whatever else the machine does adds little to. */
async function timed(site: Site, load: Pick<Load, 'requests' | 'amount' | 'pace' | 'status' | 'isShared'>) {
	const before = spent(site.pid);
	const outcome = await fire({ url: site.url, connections: CONNECTIONS, ...load });
	return { ...outcome, processor: ((spent(site.pid) - before) * 1000) / load.amount! };
}

/** What each household sends when all of it say `state`, from a page that it opens now. */
async function writeForms(state: 'yes' | 'no'): Promise<Request[]> {
	const origin = {
		origin: ours.url,
		accept: 'text/html',
		'content-type': 'application/x-www-form-urlencoded'
	};
	const forms: Request[] = [];
	for (let n = 0; n < HOUSEHOLDS; n++) {
		const html = await (await fetch(`${ours.url}/rsvp`, { headers: cookie(n) })).text();
		const version = /name="version" value="([^"]*)"/.exec(html)![1]!;
		const boxes = new Set(html.match(/replies\.[\w-]+\.[\w-]+\.state/g));
		const body = new URLSearchParams([['version', version], ...[...boxes].map((name) => [name, state])]);
		forms.push({ path: '/rsvp', headers: { ...cookie(n), ...origin }, body: body.toString() });
	}
	return forms;
}

const send = (requests: Request[], amount: number, pace?: number) =>
	timed(ours, { requests, amount, pace, status: 303, isShared: true });

try {
	for (const site of [ours, bare]) await look(site, 2000);
	const paced = await inTurn(
		{ ours: () => look(ours, 3000, PACE), bare: () => look(bare, 3000, PACE) },
		ROUNDS
	);
	const figures = (rounds: typeof paced, figure: 'p95' | 'perSecond' | 'processor') => ({
		ours: median(rounds.ours, (round) => round[figure]),
		bare: median(rounds.bare, (round) => round[figure])
	});
	say({ bench: 'GET /rsvp, 200 a second, p95', ...figures(paced, 'p95'), unit: 'ms', atMost: 50 });
	const full = await inTurn({ ours: () => look(ours, 3000), bare: () => look(bare, 3000) }, ROUNDS);
	say({ bench: 'GET /rsvp, as fast as it can', ...figures(full, 'perSecond'), unit: 'a second' });
	say({ bench: 'GET /rsvp, processor time', ...figures(full, 'processor'), unit: 'ms' });

	// there and back: a version is that of what is stored
	const no = await writeForms('no');
	await send(no, HOUSEHOLDS);
	const yes = await writeForms('yes');
	await send(yes, HOUSEHOLDS);
	const before = await count(
		`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'household.answered'`
	);
	const amount = 8 * HOUSEHOLDS;
	const outcome = await send([...no, ...yes], amount, PACE);
	say({ bench: 'POST /rsvp, 200 a second for 32 s, p95', ours: outcome.p95, unit: 'ms', atMost: 100 });
	say({ bench: 'POST /rsvp, processor time', ours: outcome.processor, unit: 'ms' });
	say({ bench: 'POST /rsvp, errors', ours: outcome.failures, unit: 'answers', atMost: 0 });
	const kept = await count(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'household.answered'`);
	say({ bench: 'POST /rsvp, lost', ours: amount - (kept - before), unit: 'answers', atMost: 0 });
	const coming = await count(`SELECT count(*)::int AS n FROM reply WHERE state = 'yes'`);
	say({ bench: 'POST /rsvp, yes of 8,000 afterwards', ours: coming, unit: 'answers', atLeast: 8000 });
	const mails = await count(`SELECT count(*)::int AS n FROM message WHERE kind = 'answers'`);
	say({ bench: 'POST /rsvp, letters not written', ours: kept - mails, unit: 'letters', atMost: 0 });
	const fast = await send([...no, ...yes], 4 * HOUSEHOLDS);
	say({ bench: 'POST /rsvp, as fast as it can', ours: fast.perSecond, unit: 'a second' });
} finally {
	await client.end();
	await ours.stop();
	await bare.stop();
	await database.stop();
	await provider.stop();
}
