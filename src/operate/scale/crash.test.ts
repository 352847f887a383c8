import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Site } from '../../testing/processes.ts';
import { root, run } from '../../cli/tool.ts';
import { connect, COUPLE, makeInstall, makeWedding, ORIGIN } from '../../testing/install.ts';
import { logIn } from '../../testing/journey.ts';
import { Person } from '../../testing/person.ts';

/* The built site, killed with mail on its way. */

const GUESTS = 40;

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

it('mail that was on its way when the process was killed leaves within 30 s of the next one, once', async () => {
	const ready = async () => (await fetch(`${site.url}/health/ready`)).status;
	await expect.poll(ready, { timeout: 15_000 }).toBe(200);
	install.provider.answer('silence');
	const guest = new Person(ORIGIN, '192.0.2.1');
	for (const n of [0, 1, 2]) await guest.post(site, '/auth/send-link', { email: `guest-${n}@example.org` });
	await expect.poll(() => count('delivery')).toBe(3);
	await expect
		.poll(() => count(`jobs.job WHERE name = 'outbox.send' AND state = 'active'`))
		.toBeGreaterThan(0);
	process.kill(site.pid, 'SIGKILL');

	install.provider.answer(202);
	site = await install.start();
	await expect.poll(() => sent().length, { timeout: 30_000, interval: 200 }).toBe(3);
	await expect.poll(() => count(`delivery WHERE state = 'queued'`)).toBe(0);
	expect(sent().sort()).toEqual([0, 1, 2].map((n) => `guest-${n}@example.org`));
});

it(
	'a login mail overtakes the invitations, which all leave once, although nobody ever gave them a job',
	{ timeout: 120_000 },
	async () => {
		process.kill(site.pid, 'SIGKILL');
		const before = sent().length;
		await client.query(
			`WITH written AS (
				INSERT INTO message (wedding_id, kind, language, household_id, guest_id)
				SELECT wedding_id, 'invitation', 'en', household_id, id FROM guest RETURNING id, guest_id
			)
			INSERT INTO delivery (wedding_id, message_id, address)
			SELECT guest.wedding_id, written.id, guest.email FROM written JOIN guest ON guest.id = written.guest_id`
		);
		site = await install.start();
		await expect.poll(() => sent().length - before, { timeout: 15_000 }).toBeGreaterThan(2);
		await logIn(new Person(ORIGIN, '192.0.2.2'), COUPLE, install.provider, { at: site, then: site });
		expect(sent().length - before).toBeLessThan(GUESTS / 2);

		await expect.poll(() => count(`delivery WHERE state = 'queued'`), { timeout: 40_000 }).toBe(0);
		const invited = sent()
			.slice(before)
			.filter((email) => email !== COUPLE);
		expect(invited.sort()).toEqual(Array.from({ length: GUESTS }, (_, n) => `guest-${n}@example.org`).sort());
	}
);
