import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as letterbox from '../../testing/letterbox.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBucketServer } from '../../testing/bucket-server.ts';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { pool } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import * as jobs from '../../lib/kernel/jobs/jobs.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import * as health from './health.server.ts';

const READY = { status: 'ready', problems: [], remarks: [] };

beforeEach(async () => {
	await acceptJobs('outbox.send', 'test.work');
	await forget();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
	await forget();
	await jobs.stop();
});

/** What the files before this one have left in the worker's database. */
async function forget() {
	await letterbox.remove({ state: 'queued' });
	await pool.query('DELETE FROM jobs.job');
	await pool.query(`DELETE FROM rate_limit WHERE key LIKE 'mailersend-list-unsubscribe%'`);
}

/** A job that could have been done since `start`, as an interval before now. */
async function job(queue: string, start: string) {
	await pool.query(`INSERT INTO jobs.job (name, start_after) VALUES ($1, now() - $2::interval)`, [
		queue,
		start
	]);
}

describe('a site is ready', () => {
	it('when nothing waits, or not for long, or for its time', async () => {
		expect(await health.check()).toEqual(READY);
		await job('test.work', '4 minutes');
		await job('test.work', '-1 day');
		expect(await health.check()).toEqual(READY);
	});

	it('but not before its jobs are', async () => {
		await jobs.stop();
		expect(await health.check()).toEqual({
			status: 'unready',
			problems: ['jobs: not started yet'],
			remarks: []
		});
	});

	it('but not without its database, and says so soon when that hangs', async () => {
		vi.spyOn(pool, 'query').mockRejectedValueOnce(new Error('connect ECONNREFUSED') as never);
		const away = { status: 'unready', problems: ['database: does not answer'], remarks: [] };
		expect(await health.check()).toEqual(away);
		vi.spyOn(pool, 'query').mockReturnValue(new Promise(() => {}) as never);
		expect(await health.check(50)).toEqual(away);
	});
});

describe('a site is degraded, and stays up', () => {
	it('when mail waits', async () => {
		const { weddingId } = await makeWedding();
		const createdAt = new Date(Date.now() - 21 * 60_000);
		const mail = { weddingId, kind: 'login', address: 'a@example.org', language: 'en', createdAt };
		const { id } = await letterbox.create(mail);
		await job('outbox.send', '21 minutes');
		expect(await health.check()).toMatchObject({
			status: 'degraded',
			problems: ['mail: the oldest has waited for 21 minutes']
		});
		await letterbox.update({ id }, { state: 'sent' });
		expect(await health.check()).toEqual(READY);
	});

	it('when nobody does the work', async () => {
		await job('test.work', '6 minutes');
		expect(await health.check()).toMatchObject({
			status: 'degraded',
			problems: ['jobs: the oldest has waited for 6 minutes']
		});
	});

	it('when the bucket of the recordings is away', async () => {
		const bucket = await startBucketServer();
		const before = { ...settings };
		Object.assign(settings, bucket.settings);
		expect(await health.check()).toEqual(READY);
		await bucket.away();
		expect(await health.check()).toMatchObject({
			status: 'degraded',
			problems: ['bucket: does not answer, no recording can be heard']
		});
		Object.assign(settings, before);
		await bucket.stop();
	});

	it('when the disk is nearly full, or not there', async () => {
		vi.spyOn(files, 'freeBytes').mockResolvedValueOnce(2 ** 30 - 1);
		expect(await health.check()).toMatchObject({
			status: 'degraded',
			problems: [expect.stringMatching(/^disk: less than 1 GB/)]
		});
		const { UPLOADS_DIR } = settings;
		rmSync(UPLOADS_DIR, { recursive: true, force: true });
		writeFileSync(UPLOADS_DIR, 'not a folder');
		expect(await health.check()).toMatchObject({
			status: 'degraded',
			problems: ['disk: UPLOADS_DIR cannot be read']
		});
		rmSync(UPLOADS_DIR);
		mkdirSync(UPLOADS_DIR);
	});
});
