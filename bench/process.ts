/*
 * How long it takes until an hour of stereo WAV can be played, next to ffmpeg doing the same with nothing around it:
 * measuring, then one gain and a limiter, as AAC. Three rounds in turn, by the clock and by the processor's time, which
 * does not count what else the machine does. Prints one JSON line per target.
 *
 *   node bench/process.ts [minutes] [rounds]
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locate } from '../src/lib/kernel/media/programs.server.ts';
import { probe } from '../src/lib/kernel/media/probe.server.ts';
import { encode, measure } from '../src/lib/kernel/media/sound.server.ts';
import { inTurn, median, say } from './measure.ts';

const [minutes = 60, rounds = 3] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'vowtape-bench-'));
const wav = join(folder, 'hour.wav');
const ffmpeg = await locate('ffmpeg');

try {
	// two voices of noise that come and go, so that neither the coder nor the limiter has it easy
	const voices = ['anoisesrc=color=pink', 'anoisesrc=color=brown:seed=7'].flatMap((source, n) => [
		...[
			'-f',
			'lavfi',
			'-i',
			`${source}:duration=${minutes * 60}:sample_rate=48000,tremolo=f=0.${n + 2}:d=0.9`
		]
	]);
	await bare([...voices, '-filter_complex', 'join=inputs=2', wav]);
	let peakBytes = 0;
	const found = await inTurn(
		{
			ours: () =>
				timed(async () => {
					const { channels } = await probe(wav);
					const { loudness, peaks } = await measure(wav);
					peakBytes = peaks.length;
					await encode(wav, join(folder, 'ours.m4a'), { loudness, channels });
				}),
			bare: () =>
				timed(async () => {
					const graph = '[0:a]asplit[a][b];[a]ebur128=framelog=verbose[m];[b]aresample=8000[p]';
					const [loud, small] = [
						['-map', '[m]', '-f', 'null', '-'],
						['-map', '[p]', '-ac', '1', '-f', 's16le', '/dev/null']
					];
					await bare(['-i', wav, '-filter_complex', graph, ...loud, ...small]);
					const louder = ['-af', 'volume=5dB,alimiter=limit=0.84:level=disabled'];
					const coded = ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '128k', '-movflags', '+faststart'];
					await bare(['-i', wav, ...louder, ...coded, join(folder, 'bare.m4a')]);
				})
		},
		rounds
	);
	const [ours, beside] = [found.ours, found.bare].map((rounds) => median(rounds, ({ wall }) => wall));
	const [work, least] = [found.ours, found.bare].map((rounds) => median(rounds, (one) => one.processor));
	const bench = `${minutes} minutes of stereo WAV, ready to play`;
	say({ bench, ours, bare: beside, unit: 's', beside: 'ffmpeg alone', atMost: Math.min(60, 1.15 * beside!) });
	const processor = `${bench}, of the processor`;
	say({ bench: processor, ours: work, bare: least, unit: 's', ratio: work! / least!, atMost: 1.15 * least! });
	say({ bench: 'its peaks', ours: peakBytes, bare: null, unit: 'bytes', atMost: 20_000 });
} finally {
	await rm(folder, { recursive: true });
}

async function timed(work: () => Promise<void>): Promise<{ wall: number; processor: number }> {
	const [start, before] = [performance.now(), spent()];
	await work();
	return { wall: (performance.now() - start) / 1000, processor: spent() - before };
}

/** Seconds of the processor, of this process and of those that it has waited for. */
function spent(): number {
	const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]!.split(' ');
	// utime, stime, and the same of children, in hundredths
	return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

function bare(options: string[]): Promise<void> {
	// as polite as ours, or whatever else the machine does would count for ours alone
	const args = ['-n', '10', ffmpeg, '-nostdin', '-v', 'error', '-y', ...options];
	const child = spawn('nice', args, { stdio: 'inherit' });
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`))));
	return promise;
}
