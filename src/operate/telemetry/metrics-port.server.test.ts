import { once } from 'node:events';
import * as letterbox from '../../testing/letterbox.ts';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { db, pool } from '../../lib/kernel/db/db.server.ts';
import * as jobs from '../../lib/kernel/jobs/jobs.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import * as metrics from './metrics.server.ts';
import * as port from './metrics-port.server.ts';

let address = '';

beforeAll(async () => {
	await acceptJobs('outbox.send', 'test.metrics');
	settings.ADDRESS_HEADER = 'X-Client';
	address = `http://127.0.0.1:${await port.open(0)}`;
});
afterAll(async () => {
	settings.ADDRESS_HEADER = undefined;
	await port.close();
	await jobs.stop();
});

/** The values of one metric by its labels, as Prometheus would read them. */
async function values(name: string): Promise<Record<string, number>> {
	const text = await (await fetch(`${address}/metrics`)).text();
	const lines = text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'));
	return Object.fromEntries([...lines].map(([, labels = '', value]) => [labels, Number(value)]));
}

/** In seconds; a slow machine asks later. */
const isAbout = (age = 0, seconds: number) => age >= seconds && age < seconds + 60;

describe('the numbers', () => {
	it('count requests by route and status, and how long they took', async () => {
		metrics.countRequest('/auth/verify/[token]', 200, 0.004);
		metrics.countRequest('/auth/verify/[token]', 200, 0.3);
		metrics.countRequest(null, 404, 0.001);
		expect(await values('vowtape_request_seconds_count')).toEqual({
			'route="/auth/verify/[token]",status="200"': 2,
			'route="none",status="404"': 1
		});
		expect(await values('vowtape_request_seconds_bucket')).toMatchObject({
			'le="0.005",route="/auth/verify/[token]",status="200"': 1,
			'le="0.5",route="/auth/verify/[token]",status="200"': 2
		});
	});

	it('say what waits, and for how long', async () => {
		const { weddingId } = await makeWedding();
		const createdAt = new Date(Date.now() - 100_000);
		const mail = { weddingId, kind: 'login', address: 'a@example.org', language: 'en' };
		const before = await values('vowtape_mails');
		await letterbox.create({ ...mail, createdAt });
		await letterbox.create({ ...mail, state: 'failed' });
		const after = await values('vowtape_mails');
		const grown = Object.entries(after)
			.map(([labels, count]) => [labels, count - before[labels]!] as const)
			.filter(([, count]) => count > 0);
		expect(Object.fromEntries(grown)).toEqual({ 'state="queued"': 1, 'state="failed"': 1 });
		expect((await values('vowtape_mail_oldest_seconds'))['']).toBeGreaterThanOrEqual(100);
		await letterbox.remove({ weddingId });

		await pool.query(
			`INSERT INTO jobs.job (name, start_after)
			VALUES ('test.metrics', now() - interval '50 seconds'), ('test.metrics', now() + interval '1 hour')`
		);
		expect(await values('vowtape_jobs')).toMatchObject({
			'queue="test.metrics",state="waiting"': 2,
			'queue="test.metrics",state="active"': 0
		});
		const oldest = (await values('vowtape_job_oldest_seconds'))['queue="test.metrics"'];
		expect(isAbout(oldest, 50)).toBe(true);
	});

	it('know the recordings, the connections, the disk and the process', async () => {
		const { weddingId } = await makeWedding();
		const [count, bytes] = [await values('vowtape_recordings'), await values('vowtape_recording_bytes')];
		await db.recording.create({
			data: {
				...{ weddingId, title: 'Toast', position: 1, originalName: 'a.mp3', format: 'mp3' },
				...{ mimeType: 'audio/mpeg', plays: true, bytes: 5_000_000_000, durationSeconds: 1 }
			}
		});
		expect((await values('vowtape_recordings'))['']! - count['']!).toBe(1);
		expect((await values('vowtape_recording_bytes'))['']! - bytes['']!).toBe(5_000_000_000);
		expect(await values('vowtape_wedding_bytes')).toMatchObject({
			[`wedding="${weddingId}"`]: 5_000_000_000
		});
		expect(await values('vowtape_quota_bytes')).toEqual({});
		settings.UPLOAD_QUOTA = 7_000_000_000;
		expect(await values('vowtape_quota_bytes')).toEqual({ '': 7_000_000_000 });
		settings.UPLOAD_QUOTA = undefined;
		expect(await values('vowtape_pool_connections_max')).toEqual({ '': 10 });
		expect((await values('vowtape_disk_free_bytes'))['']).toBeGreaterThan(0);
		expect((await values('process_resident_memory_bytes'))['']).toBeGreaterThan(2 ** 24);
		expect(await values('nodejs_eventloop_lag_p99_seconds')).toHaveProperty(['']);
		expect(await values('vowtape_build_info')).toEqual({ 'version="0.1.0",revision=""': 1 });
		expect(await values('vowtape_ready')).toEqual({ '': 1 });
	});

	it('say how old the last backup is that succeeded, where there are backups', async () => {
		const age = () => values('vowtape_backup_age_seconds');
		expect(await age()).toEqual({});
		await jobs.stop();
		await acceptJobs('ops.backup');
		await pool.query(
			`INSERT INTO jobs.schedule (name, cron, created_on) VALUES ('ops.backup', '7 * * * *', now() - interval '1 day')`
		);
		expect(isAbout((await age())[''], 86_400)).toBe(true);
		await pool.query(
			`INSERT INTO jobs.job (name, state, completed_on)
			VALUES ('ops.backup', 'completed', now() - interval '3 hours'), ('ops.backup', 'failed', now())`
		);
		expect(isAbout((await age())[''], 10_800)).toBe(true);
		await pool.query(`DELETE FROM jobs.schedule WHERE name = 'ops.backup'`);
		await pool.query(`DELETE FROM jobs.job WHERE name = 'ops.backup'`);
	});

	it('are there without the database too', async () => {
		const away = vi.spyOn(pool, 'query').mockRejectedValue(new Error('connect ECONNREFUSED') as never);
		expect(await values('vowtape_ready')).toEqual({ '': 0 });
		for (const name of ['vowtape_mails', 'vowtape_mail_oldest_seconds', 'vowtape_recordings']) {
			expect(await values(name), name).toEqual({});
		}
		expect((await values('process_resident_memory_bytes'))['']).toBeGreaterThan(0);
		away.mockRestore();
		expect(await values('vowtape_ready')).toEqual({ '': 1 });
	});
});

describe('the port', () => {
	const status = async (path: string, init: RequestInit = {}) => (await fetch(address + path, init)).status;

	it('answers one address, and nothing that came through a proxy', async () => {
		expect(await status('/metrics')).toBe(200);
		expect(await status('/')).toBe(404);
		expect(await status('/metrics', { method: 'POST' })).toBe(404);
		for (const name of ['x-client', 'x-real-ip', 'x-forwarded-for', 'forwarded']) {
			expect(await status('/metrics', { headers: { [name]: '192.0.2.7' } }), name).toBe(404);
		}
	});

	it('that is taken stops the start with a line that names the setting', async () => {
		await port.close();
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const taken = (other.address() as AddressInfo).port;
		await expect(port.open(taken)).rejects.toThrow(/^METRICS_PORT: cannot listen on port \d+ \(.*EADDRINUSE/);
		other.close();
		address = `http://127.0.0.1:${await port.open(0)}`;
		expect(await status('/metrics')).toBe(200);
	});
});
