import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

/*
 * A photo of 12 megapixels, as a phone turns it: until all of its sizes are there, in a process of its own, and what
 * that takes of memory at most. Beside it: reading the photo alone.
 */

const TASK = new URL('../src/lib/kernel/media/draw-task.ts', import.meta.url).href;
const folder = await mkdtemp(join(tmpdir(), 'vowtape-bench-'));
const photo = join(folder, 'photo.jpg');
const [width, height] = [4032, 3024];
const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
const grain = { width: width / 4, height: height / 4, channels: 3, noise } as const;
await sharp({ create: { ...grain, background: 'black' } })
	.blur(1.2)
	.resize(width, height)
	.withMetadata({ orientation: 6 })
	.jpeg({ quality: 92 })
	.toFile(photo);

async function measure(code: string) {
	const tell = `const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
		console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }))`;
	const from = performance.now();
	const args = ['--input-type=module', '--eval', `${code};${tell}`];
	const { stdout } = await promisify(execFile)(process.execPath, args, {
		cwd: join(import.meta.dirname, '..'),
		// as child.server.ts starts it
		env: { MALLOC_ARENA_MAX: '1' }
	});
	const { cpu, megabytes } = JSON.parse(stdout) as { cpu: number; megabytes: number };
	return {
		seconds: +((performance.now() - from) / 1000).toFixed(2),
		processorSeconds: +cpu.toFixed(2),
		megabytes: Math.round(megabytes)
	};
}

for (let run = 0; run < 3; run++) {
	const to = join(folder, String(run));
	await mkdir(to);
	const given = JSON.stringify({ from: photo, folder: to, mostPoints: 1920, areCopiesWanted: true });
	const ours = await measure(`const { default: draw } = await import('${TASK}'); await draw(${given})`);
	const bare = await measure(`const { default: sharp } = await import('sharp'); sharp.concurrency(1);
		await sharp('${photo}').stats()`);
	const sizes = await Promise.all(
		(await readdir(to)).map(async (name) => [name, Math.round((await stat(join(to, name))).size / 1000)])
	);
	console.log(
		JSON.stringify({ target: 'a photo of 12 megapixels', ours, bare, kilobytes: Object.fromEntries(sizes) })
	);
}
await rm(folder, { recursive: true });
