import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { locate } from '../lib/kernel/media/programs.server.ts';
import { type KilledSite, makeKilledSite } from '../testing/killed-site.ts';

const MINUTES = 5;
const folder = mkdtempSync(join(tmpdir(), 'vowtape-long-'));
let site: KilledSite;

test.beforeAll(async () => {
	site = await makeKilledSite();
});
test.afterAll(async () => {
	await site?.stop();
	rmSync(folder, { recursive: true });
});

/** The numbers of the site's processes that run ffmpeg. */
function ffmpegsOf(parent: number): number[] {
	return readdirSync('/proc')
		.map(Number)
		.filter((pid) => {
			const [, name, , ppid] = /^\d+ \((.*)\) (\S) (\d+)/.exec(read(pid)) ?? [];
			return name === 'ffmpeg' && Number(ppid) === parent;
		});
}

/** What Linux tells of a process; nothing of one that is gone. */
function read(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'latin1');
	} catch {
		return '';
	}
}

const isAlive = (pid: number) => /\) [^Z]/.test(read(pid));

/** The ffmpeg of whoever processes now. */
async function atWork(): Promise<number> {
	// it is there for a second, where the machine is fast
	await expect.poll(() => ffmpegsOf(site.pid()), { timeout: 60_000, intervals: [50] }).not.toEqual([]);
	return ffmpegsOf(site.pid())[0]!;
}

test('a recording that was being made ready when the process was stopped, and when it was killed, is made ready by the next', async () => {
	test.skip(
		process.platform !== 'linux',
		'only Linux tells of processes, and ends those whose parent is gone'
	);
	test.setTimeout(240_000);
	const path = join(folder, 'long.flac');
	const noise = `anoisesrc=color=pink:sample_rate=16000:duration=${MINUTES * 60}`;
	spawnSync(await locate('ffmpeg'), ['-v', 'error', '-f', 'lavfi', '-i', noise, '-ac', '1', path]);
	const form = new FormData();
	form.set('file', new File([readFileSync(path)], 'long.flac'));
	const { name, value } = site.cookie;
	const headers = { cookie: `${name}=${value}`, origin: site.origin, accept: 'application/json' };
	const uploaded = await fetch(`${site.origin}/api/upload`, { method: 'POST', body: form, headers });
	expect(uploaded.status).toBe(201);

	const stopped = await atWork();
	const start = performance.now();
	expect(await site.end()).toBe(0);
	expect(isAlive(stopped)).toBe(false);
	// jobs that know no end would be waited for ten seconds
	expect(performance.now() - start).toBeLessThan(8000);

	await site.run();
	const orphan = await atWork();
	await site.kill();
	await expect.poll(() => isAlive(orphan)).toBe(false);

	// as if it had been gone for a minute: whoever comes hears no heart of its job
	await site.sql(
		`UPDATE jobs.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE name = 'recordings.process' AND state = 'active'`
	);
	await site.run();
	const row = () => site.sql('SELECT state, round(duration_seconds) AS seconds, is_cut FROM recording');
	await expect
		.poll(row, { timeout: 150_000 })
		.toEqual([{ state: 'ready', seconds: MINUTES * 60, is_cut: false }]);
});
