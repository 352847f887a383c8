import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from '../../testing/processes.ts';
import { migrate } from '../../cli/migrate.ts';
import { asProblem } from '../../lib/kernel/db/db.server.ts';
import { connect, COUPLE, makeInstall, makeWedding, ORIGIN } from '../../testing/install.ts';
import { logIn, uploadAndPlay } from '../../testing/journey.ts';
import { Person } from '../../testing/person.ts';
import { isInstalled, startPgbouncer } from '../../testing/pgbouncer.ts';

if (!isInstalled) console.warn('SKIPPED: pgbouncer is not installed, so nothing was tried through it.');

describe.skipIf(!isInstalled)('the site through pgbouncer in transaction mode', { timeout: 60_000 }, () => {
	let install: Awaited<ReturnType<typeof makeInstall>>;
	let bouncer: Awaited<ReturnType<typeof startPgbouncer>>;
	let pooled: pg.Client;
	let sites: Site[];

	beforeAll(async () => {
		install = await makeInstall();
		await migrate(install.databaseUrl);
		await makeWedding(install.databaseUrl, 1);
		bouncer = await startPgbouncer(install.databaseUrl);
		const env = { DATABASE_URL: bouncer.url, DATABASE_DIRECT_URL: install.databaseUrl };
		sites = await Promise.all([install.start(env), install.start(env)]);
		pooled = await connect(bouncer.url);
	}, 60_000);
	afterAll(async () => {
		await pooled?.end();
		await install?.remove();
		await bouncer?.stop();
	});

	it('logs in, sends mail, takes an upload, lists and plays it', async () => {
		const [one, other] = sites as [Site, Site];
		const anna = new Person(ORIGIN, '192.0.2.1');
		await logIn(anna, COUPLE, install.provider, { at: one, then: other });
		await uploadAndPlay(anna, one, other);
	});

	it('answers many at once over its three connections', async () => {
		const [one, other] = sites as [Site, Site];
		const people = Array.from({ length: 40 }, (_, n) => new Person(ORIGIN, `198.51.100.${n}`));
		const anna = new Person(ORIGIN, '192.0.2.1');
		await logIn(anna, COUPLE, install.provider, { at: one, then: other });
		const answers = await Promise.all(
			people.flatMap((person, n) => {
				const site = n % 2 ? one : other;
				return [
					anna.get(site, '/couple/recordings'),
					anna.get(site, '/recordings'),
					person.post(site, '/auth/send-link', { email: 'nobody@example.org' })
				];
			})
		);
		const statuses = Map.groupBy(answers, ({ status }) => status);
		expect([...statuses].map(([status, { length }]) => [status, length]).sort()).toEqual([
			[200, 80],
			[303, 40]
		]);
	});

	it('lets no statement run for longer than the site would', async () => {
		const { rows } = await pooled.query(
			`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock`
		);
		expect(rows).toEqual([{ statement: '4s', lock: '4s' }]);
	});

	it('says that the database is away while pgbouncer cannot reach it', async () => {
		const away = install.databaseUrl.replace(/host=[^&]+/, 'host=%2Fnowhere');
		const nowhere = await startPgbouncer(away, { patienceSeconds: 1 });
		const client = new pg.Client({ connectionString: nowhere.url });
		client.on('error', () => {});
		const error = await client
			.connect()
			.then(() => client.query('SELECT 1'))
			.catch((error) => error);
		expect(asProblem(error)).toMatchObject({ status: 503, code: 'database_away' });
		await nowhere.stop();
	});
});
