/*
 * A run of 5,000 invitations: how long it takes until they are in the outbox, and how the pages of guests are while they
 * go out, as quickly as the machine can: MailerSend's pace, 50 mails every six seconds, would hide what it costs. Beside
 * the same pages before. MailerSend is a stand-in in this process.
 *
 *   node bench/outbox.ts
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fire, type Request } from './load.ts';
import { say } from './measure.ts';
import { startMailerSend } from '../src/testing/mailersend.ts';
import { connect, memory, startDatabase, startSite } from '../src/testing/processes.ts';
import { fill, signIn, signInCouple } from './wedding.ts';

const COUPLE = 'the-couple';
const MAILS = 5000;
const secrets = Array.from({ length: 500 }, (_, n) => `somebody-${n}`);

const provider = await startMailerSend();
const database = await startDatabase(async (client) => {
	await fill(client);
	await client.query('UPDATE guest SET email = NULL WHERE position = 1');
	await signIn(
		client,
		secrets.flatMap((secret) => [secret, ''])
	);
	await signInCouple(client, COUPLE);
});
const site = await startSite({
	DATABASE_URL: database.url,
	MAILERSEND_API_TOKEN: 'token',
	MAILERSEND_BASE_URL: provider.url,
	MAIL_FROM: 'wedding@example.org'
});
const client = await connect(database.url);

const requests: Request[] = secrets.map((secret, n) => ({
	path: ['/', '/rsvp', '/recordings'][n % 3]!,
	headers: { cookie: `session=${secret}` }
}));
const visit = (amount: number) =>
	fire({ url: site.url, connections: 16, requests, amount, status: 200, pace: 50 });

/** Keeps MailerSend's pace from being waited for, until the function that it gives back is called. */
function hurry(): () => Promise<void> {
	let isOver = false;
	const hurrying = (async () => {
		while (!isOver) {
			await client.query(`DELETE FROM rate_limit WHERE key = 'mailersend-bulk:pace'`);
			await sleep(100);
		}
	})();
	return () => ((isOver = true), hurrying);
}

async function inviteAll(): Promise<number> {
	// as the page's script sends it, which asks for the list afterwards
	const headers = {
		...{ cookie: `session=${COUPLE}`, origin: site.url },
		...{ accept: 'application/json', 'x-sveltekit-action': 'true' }
	};
	const began = performance.now();
	const answer = await fetch(`${site.url}/couple/guests?/inviteAll`, {
		...{ method: 'POST', headers, body: new URLSearchParams() }
	});
	const said = await answer.text();
	if (!said.includes('success')) throw new Error(`nobody was invited: ${said}`);
	return (performance.now() - began) / 1000;
}

try {
	await visit(500);
	const before = await visit(1000);
	const rest = memory(site.pid);
	const took = await inviteAll();
	say({ bench: `${MAILS} invitations put into the outbox`, ours: took, bare: null, unit: 's', atMost: 5 });

	const relax = hurry();
	const began = performance.now();
	const memories: number[] = [];
	const sampling = setInterval(() => memories.push(memory(site.pid)), 200);
	const [during] = await Promise.all([
		visit(1500),
		(async () => {
			while (provider.received.length < MAILS) await sleep(50);
			say({
				bench: 'until the last has left',
				ours: (performance.now() - began) / 1000,
				bare: null,
				unit: 's'
			});
		})()
	]);
	clearInterval(sampling);
	await relax();
	const addresses = new Set(provider.received.map(({ to }) => to[0]!.email));
	const bench = 'pages while mail goes out';
	say({ bench: `${bench}, p95`, ours: during.p95, bare: before.p95, unit: 'ms', atMost: 200 });
	say({
		bench: `${bench}, errors`,
		ours: during.failures,
		bare: before.failures,
		unit: 'answers',
		atMost: 0
	});
	const half = memories.length / 2;
	const [early, late] = [memories.slice(0, half), memories.slice(half)].map((some) => Math.max(...some));
	const flat = { unit: 'MB', ratio: late! / early!, atMost: 1.1 * early! };
	say({ bench: 'memory, most in the second half beside the first', ours: late!, bare: early!, ...flat });
	say({ bench: 'memory before', ours: rest, bare: null, unit: 'MB' });
	say({ bench: 'addresses, each once', ours: addresses.size, bare: provider.received.length, unit: 'mails' });
} finally {
	await client.end();
	await site.stop();
	await database.stop();
	await provider.stop();
}
