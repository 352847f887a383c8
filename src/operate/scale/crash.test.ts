import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Site } from '../../testing/processes.ts';
import { root, run } from '../../cli/tool.ts';
import { connect, COUPLE, makeInstall, makeWedding, ORIGIN } from '../../testing/install.ts';
import { logIn } from '../../testing/journey.ts';
import { Person } from '../../testing/person.ts';

/* The built site, killed with mail on its way. */

const GUESTS = 120;

let install: Awaited<ReturnType<typeof makeInstall>>;
let client: pg.Client;
let site: Site;

// the site may have to be built first
beforeAll(async () => {
	install = await makeInstall();
	await run(join(root, 'src/cli/run.js'), ['migrate'], { env: { ...install.env, NODE_ENV: 'production' } });
	await makeWedding(install.databaseUrl, GUESTS);
	client = await connect(install.databaseUrl);
	site = await install.start();
}, 180_000);
afterAll(async () => {
	await client.end();
	await install.remove();
});

const sent = () => install.provider.received.map(({ to }) => to[0]!.email);
const count = async (query: string) =>
	(await client.query(`SELECT count(*)::int AS n FROM ${query}`)).rows[0].n;

/** As if the process had been gone for a minute: its jobs are taken by whoever comes. */
const forgetHeart = () =>
	client.query(
		`UPDATE jobs.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE state = 'active'`
	);

/** As if what a run waits for before it goes on were over. */
const goOn = () =>
	client.query(
		`UPDATE jobs.job SET start_after = now() WHERE name = 'outbox.run' AND state < 'active' AND start_after > now()`
	);

it('mail that was on its way when the process was killed leaves within 30 s of the next one, once', async () => {
	const ready = async () => (await fetch(`${site.url}/health/ready`)).status;
	await expect.poll(ready, { timeout: 15_000 }).toBe(200);
	install.provider.answer('silence');
	const guest = new Person(ORIGIN, '192.0.2.1');
	for (const n of [0, 1, 2]) await guest.post(site, '/auth/send-link', { email: `guest-${n}@example.org` });
	await expect.poll(() => count('delivery')).toBe(3);
	await expect
		.poll(() => count(`jobs.job WHERE name = 'outbox.urgent' AND state = 'active'`))
		.toBeGreaterThan(0);
	process.kill(site.pid, 'SIGKILL');

	install.provider.answer(202);
	site = await install.start();
	await expect.poll(() => sent().length, { timeout: 30_000, interval: 200 }).toBe(3);
	await expect.poll(() => count(`delivery WHERE state = 'queued'`)).toBe(0);
	expect(sent().sort()).toEqual([0, 1, 2].map((n) => `guest-${n}@example.org`));
});

it(
	'a run that is killed twice with its mails just taken reaches each address once, and a login mail overtakes it',
	{
		timeout: 120_000
	},
	async () => {
		const { provider } = install;
		const mails = () => provider.received.filter(({ subject }) => subject.includes('invited'));
		const anna = new Person(ORIGIN, '192.0.2.2');
		await logIn(anna, COUPLE, provider, { at: site, then: site });
		await client.query(
			`INSERT INTO rate_limit (key, points, expire) VALUES ('mailersend-bulk-size:allowance', 40, 1e13)`
		);
		// it takes them, and we never hear of it
		provider.answer('swallow');
		expect((await anna.post(site, '/couple/guests?/inviteAll', {})).status).toBe(200);
		for (const taken of [40, 80]) {
			const takenSoFar = () => goOn().then(() => mails().length);
			await expect.poll(takenSoFar, { timeout: 45_000, interval: 50 }).toBe(taken);
			process.kill(site.pid, 'SIGKILL');
			await forgetHeart();
			if (taken === 80) provider.answer(202);
			site = await install.start();
		}
		await logIn(new Person(ORIGIN, '192.0.2.3'), 'guest-7@example.org', provider, { at: site, then: site });
		expect(await count(`delivery WHERE state < 'unsure'`)).toBeGreaterThan(0);
		// as if it were two minutes later: the site asks what was taken
		await client.query(`UPDATE chunk SET look_at = now(), handed_at = handed_at - interval '2 minutes'`);
		const left = () => goOn().then(() => count(`delivery WHERE state < 'skipped'`));
		await expect.poll(left, { timeout: 60_000 }).toBe(0);
		const invited = mails().map(({ to }) => to[0]!.email);
		expect(invited.sort()).toEqual(Array.from({ length: GUESTS }, (_, n) => `guest-${n}@example.org`).sort());
		expect(await count(`delivery WHERE state <> 'sent'`)).toBe(0);
	}
);
