/*
 * How soon the process answers, next to a Node server that says ok and nothing else; how soon `npm start` is there
 * with its data; and what the process takes when it has nothing to do.
 *
 *   node bench/start.ts
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn, median, say } from './measure.ts';
import { startBare } from './bare.ts';
import { answers, end, memory, startDatabase, startSite } from '../src/testing/processes.ts';
import { freePort } from '../src/testing/free-port.ts';
import { fill } from './wedding.ts';

/** `npm start` in `folder`, until it answers. */
async function npmStart(folder: string) {
	const port = await freePort();
	const began = performance.now();
	const child = spawn(process.execPath, ['src/cli/run.js', 'start'], {
		env: {
			...process.env,
			PORT: String(port),
			DATA_DIR: join(folder, 'data'),
			UPLOADS_DIR: join(folder, 'uploads')
		},
		stdio: 'ignore'
	});
	await answers(`http://127.0.0.1:${port}/health/ready`, child);
	const seconds = (performance.now() - began) / 1000;
	await end(child);
	return seconds;
}

const folder = mkdtempSync(join(tmpdir(), 'vowtape-bench-'));
const database = await startDatabase(fill);
try {
	await npmStart(folder);
	const { withData } = await inTurn({ withData: () => npmStart(folder) });
	say({
		bench: 'npm start with data',
		ours: median(withData, (seconds) => seconds),
		bare: null,
		unit: 's',
		atMost: 5
	});

	const found = await inTurn({
		ours: async () => {
			const site = await startSite({ DATABASE_URL: database.url });
			for (const path of ['/login', '/recordings', '/i/ABC'])
				await (await fetch(site.url + path)).arrayBuffer();
			// it gives back what the start took once nobody has asked for ten seconds
			await sleep(11_000);
			const megabytes = memory(site.pid);
			await site.stop();
			return { ms: site.ms, megabytes };
		},
		bare: async () => {
			const site = await startBare();
			const megabytes = memory(site.pid);
			await site.stop();
			return { ms: site.ms, megabytes };
		}
	});
	const of = (key: 'ms' | 'megabytes') => ({
		ours: median(found.ours, (one) => one[key]),
		bare: median(found.bare, (one) => one[key])
	});
	say({ bench: 'process answers', ...of('ms'), unit: 'ms', atMost: 300 });
	say({ bench: 'memory at rest', ...of('megabytes'), unit: 'MB', atMost: 140 });
} finally {
	await database.stop();
	rmSync(folder, { recursive: true, force: true });
}
