import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from '../../testing/processes.ts';
import { startBucketServer } from '../../testing/bucket-server.ts';
import { root, run } from '../../cli/tool.ts';
import { connect, COUPLE, makeInstall, makeWedding, ORIGIN } from '../../testing/install.ts';
import { logIn, uploadAndPlay } from '../../testing/journey.ts';
import { Person } from '../../testing/person.ts';

/*
 * The built site in two processes behind a balancer that asks now this one, now that: one Postgres, and one folder or
 * bucket for the recordings.
 */

const GUESTS = 6;

describe.each(['folder', 'bucket'] as const)('two processes that share a %s', { timeout: 60_000 }, (kind) => {
	let install: Awaited<ReturnType<typeof makeInstall>>;
	let bucket: Awaited<ReturnType<typeof startBucketServer>> | undefined;
	let client: pg.Client;
	let one: Site;
	let other: Site;
	const anna = new Person(ORIGIN, '192.0.2.1');

	beforeAll(async () => {
		install = await makeInstall();
		if (kind === 'bucket') bucket = await startBucketServer();
	});
	afterAll(async () => {
		await client?.end();
		await install.remove();
		await bucket?.stop();
	});

	it('migrate an empty database together, and only one of them does it', async () => {
		const env = { ...install.env, NODE_ENV: 'production' };
		const migrate = () => run(join(root, 'src/cli/run.js'), ['migrate'], { env });
		const said = (await Promise.all([migrate(), migrate(), migrate()])).map(({ output }) => output.trim());
		expect(said.filter((line) => line === 'The database is up to date.')).toHaveLength(2);
		expect(said.filter((line) => line.startsWith('Applied 2'))).toHaveLength(1);
	});

	it('start together, each with its own uploads coming in', async () => {
		await makeWedding(install.databaseUrl, GUESTS);
		client = await connect(install.databaseUrl);
		// a folder of its own each where there is a bucket, as on two machines
		const place = (name: string) =>
			bucket ? { ...bucket.settings, UPLOADS_DIR: join(install.uploads, name) } : {};
		[one, other] = await Promise.all([install.start(place('one')), install.start(place('other'))]);
		const ready = async ({ url }: Site) => (await fetch(`${url}/health/ready`)).status;
		for (const site of [one, other]) await expect.poll(() => ready(site), { timeout: 15_000 }).toBe(200);
	});

	it('a link asked for at one opens at the other, and its session is good at both', async () => {
		await logIn(anna, COUPLE, install.provider, { at: one, then: other });
		for (const site of [one, other]) expect((await anna.get(site, '/couple')).status).toBe(200);
	});

	it('what is uploaded at one plays at the other', async () => {
		await uploadAndPlay(anna, one, other);
		const id = await uploadAndPlay(anna, other, one);
		const fingerprint = async () =>
			(await client.query('SELECT sha256 FROM recording WHERE id = $1', [id])).rows[0].sha256;
		await expect.poll(fingerprint, { timeout: 15_000 }).not.toBe(null);
		const onDisk = await readdir(install.uploads, { recursive: true });
		expect(onDisk.filter((name) => name.endsWith('original.ogg'))).toHaveLength(bucket ? 0 : 2);
	});

	it('every mail is sent once, whoever works', async () => {
		const listeners = await client.query(
			// what its connection asked last: to listen, or now and then whether it still does
			`SELECT FROM pg_stat_activity WHERE datname = current_database()
				AND (query LIKE 'LISTEN%' OR query LIKE '%pg_listening_channels%') AND pid <> pg_backend_pid()`
		);
		expect(listeners.rowCount).toBe(2);
		const before = install.provider.received.length;
		const emails = Array.from({ length: GUESTS }, (_, n) => `guest-${n}@example.org`);
		const guest = new Person(ORIGIN, '192.0.2.2');
		await Promise.all(
			emails.map((email, n) => guest.post(n % 2 ? one : other, '/auth/send-link', { email }))
		);
		const queued = async () =>
			(await client.query(`SELECT count(*)::int AS n FROM delivery WHERE state = 'queued'`)).rows[0].n;
		await expect.poll(() => install.provider.received.length - before, { timeout: 20_000 }).toBe(GUESTS);
		await expect.poll(queued).toBe(0);
		await sleep(500);
		const sent = install.provider.received.slice(before).map(({ to }) => to[0]!.email);
		expect(sent.sort()).toEqual(emails);
		const jobs = await client.query(`SELECT retry_count FROM jobs.job WHERE name = 'outbox.urgent'`);
		expect(jobs.rows.filter(({ retry_count }) => retry_count > 0)).toEqual([]);
	});

	it('tries to log in are counted together', async () => {
		const stranger = new Person(ORIGIN, '192.0.2.3');
		const answers = [];
		for (let n = 0; n < 62; n++) {
			const email = `nobody-${n}@example.org`;
			answers.push((await stranger.post(n % 2 ? one : other, '/auth/send-link', { email })).status);
		}
		expect(answers).toEqual([...Array(60).fill(303), 429, 429]);
	});

	it('what is written at one is read at the other from then on', async () => {
		const [{ id }] = (await client.query('SELECT id FROM recording LIMIT 1')).rows;
		for (let n = 0; n < 10; n++) {
			const [at, then] = n % 2 ? [one, other] : [other, one];
			for (let time = 0; time < 3; time++) await anna.get(then, '/recordings');
			const page = await (await anna.get(at, `/couple/recordings/${id}`)).text();
			const version = /name="version" value="([^"]*)"/.exec(page)![1]!;
			const edit = { version, title: `Waltz ${n}.`, moment: '', speaker: '', recordedOn: '' };
			expect((await anna.post(at, `/couple/recordings/${id}?/edit`, edit)).status).toBe(303);
			expect(await (await anna.get(then, '/recordings')).text()).toContain(`Waltz ${n}.`);
		}
	});

	it('who logs out at one is out at both', async () => {
		const twin = anna.twin();
		for (const site of [one, other]) expect((await twin.get(site, '/couple')).status).toBe(200);
		await anna.post(one, '/auth/logout', {});
		for (const site of [one, other]) {
			const answer = await twin.get(site, '/couple');
			expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?next=%2Fcouple']);
		}
	});

	it('one ends in order while the other goes on', async () => {
		const answers: number[] = [];
		let isOver = false;
		const visits = (async () => {
			while (!isOver) answers.push((await fetch(`${other.url}/login`)).status);
		})();
		const began = performance.now();
		expect(await one.stop()).toBe(0);
		isOver = true;
		await visits;
		expect(performance.now() - began).toBeLessThan(15_000);
		expect(new Set(answers)).toEqual(new Set([200]));
		await expect(fetch(`${one.url}/login`)).rejects.toThrow();
		await logIn(new Person(ORIGIN, '192.0.2.4'), COUPLE, install.provider, { at: other, then: other });
	});
});
