/*
 * Asking for a login link, and confirming one: each with its real rows in Postgres, next to the same routes of the
 * same code whose questions to the database are answered at once (without-database.ts).
 *
 *   node bench/login.ts
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startMailerSend } from '../src/testing/mailersend.ts';
import { WITHOUT_DATABASE } from './bare.ts';
import { fire, type Request } from './load.ts';
import { inTurn, median, ROUNDS, say } from './measure.ts';
import { connect, type Site, startDatabase, startSite } from '../src/testing/processes.ts';
import { address, fill, GUESTS, link } from './wedding.ts';

const CONNECTIONS = 64;
const ASKED = 4000;
/** With all rounds at most one link a guest: a link that is used ends the guest's others. */
const CONFIRMED = GUESTS / (ROUNDS + 1);

const tokens = Array.from({ length: CONFIRMED * (ROUNDS + 1) }, (_, n) => `token-${n}`);
const database = await startDatabase(async (client) => {
	await fill(client);
	await link(client, tokens);
});
// as on a real install, where mail leaves at two a second
const provider = await startMailerSend();
const env = {
	LOGIN_LIMIT_ADDRESS: '1000000000',
	LOGIN_LIMIT_NETWORK: '1000000000',
	MAILERSEND_API_TOKEN: 'bench',
	MAILERSEND_BASE_URL: provider.url,
	MAIL_FROM: 'wedding@example.org'
};
const ours = await startSite({ ...env, DATABASE_URL: database.url });
const bare = await startSite({ ...env, DATABASE_URL: database.copy }, WITHOUT_DATABASE);
const client = await connect(database.url);

const count = async (query: string) => (await client.query<{ n: number }>(query)).rows[0]!.n;
const MAILS = 'SELECT count(*)::int AS n FROM delivery';
const JOBS = `SELECT count(*)::int AS n FROM jobs.job WHERE name = 'outbox.urgent'`;
const SESSIONS = 'SELECT count(*)::int AS n FROM session';

function post({ url }: Site, forms: Pick<Request, 'path' | 'body'>[]) {
	const headers = { origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
	const requests = forms.map((form) => ({ ...form, headers }));
	return fire({ url, connections: CONNECTIONS, requests, status: 303 });
}

let asked = 0;
let confirmed = 0;
let failures = 0;

const ask = (site: Site) =>
	post(
		site,
		Array.from({ length: ASKED }, (_, n) => ({
			path: '/auth/send-link',
			body: new URLSearchParams({ email: address(asked + n), next: '/recordings' }).toString()
		}))
	);

/** Answers come before the work: counts until the last mail and its job are stored, too. */
async function askOurs() {
	const { perSecond, failures: failed } = await ask(ours);
	const answered = performance.now();
	asked += ASKED;
	failures += failed;
	while ((await count(MAILS)) < asked || (await count(JOBS)) < asked) {
		if (performance.now() - answered > 60_000) throw new Error('mails are missing');
		await sleep(10);
	}
	const seconds = ASKED / perSecond + (performance.now() - answered) / 1000;
	return { perSecond, stored: ASKED / seconds };
}

const confirm = (site: Site) =>
	post(
		site,
		tokens
			.slice(confirmed, confirmed + CONFIRMED)
			.map((token) => ({ path: `/auth/verify/${token}`, body: '' }))
	);

async function confirmOurs() {
	const { perSecond, failures: failed } = await confirm(ours);
	confirmed += CONFIRMED;
	failures += failed;
	return { perSecond };
}

const askBare = async () => ({ ...(await ask(bare)), stored: 0 });
try {
	await askBare();
	await askOurs();
	const links = await inTurn({ ours: askOurs, bare: askBare });
	const [answered, stored] = [
		median(links.ours, ({ perSecond }) => perSecond),
		median(links.ours, ({ stored }) => stored)
	];
	const free = median(links.bare, ({ perSecond }) => perSecond);
	say({ bench: 'asking for a link, answered', ours: answered, bare: free, unit: 'a second', atLeast: 1900 });
	say({ bench: 'asking for a link, stored', ours: stored, bare: free, unit: 'a second', atLeast: 1900 });

	const before = await count(SESSIONS);
	await confirm(bare);
	await confirmOurs();
	const entries = await inTurn({ ours: confirmOurs, bare: () => confirm(bare) });
	const [o, b] = [entries.ours, entries.bare].map((rounds) => median(rounds, ({ perSecond }) => perSecond));
	say({ bench: 'confirming a link', ours: o!, bare: b!, unit: 'a second', atLeast: 880 });

	const missing = {
		mails: asked - (await count(MAILS)),
		jobs: asked - (await count(JOBS)),
		sessions: confirmed - (await count(SESSIONS)) + before
	};
	for (const [name, rows] of Object.entries(missing)) {
		say({ bench: `${name} that are missing`, ours: rows, bare: 0, unit: 'rows', atMost: 0 });
	}
	say({ bench: 'logging in, errors', ours: failures, bare: 0, unit: 'answers', atMost: 0 });
} finally {
	await client.end();
	await ours.stop();
	await bare.stop();
	await provider.stop();
	await database.stop();
}
