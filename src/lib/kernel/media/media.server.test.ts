import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { convert, SOUNDS } from '../../../testing/sound.ts';
import { settings } from '../settings.server.ts';
import { MOST_PEAKS, Peaks } from './peaks.ts';
import { probe } from './probe.server.ts';
import { locate } from './programs.server.ts';
import { run } from './run.server.ts';
import { cover, encode, measure } from './sound.server.ts';

const folder = await mkdtemp(join(tmpdir(), 'vowtape-media-'));
afterAll(() => rm(folder, { recursive: true }));
const WALTZ = join(SOUNDS, 'waltz-stereo.ogg');
const place = (name: string) => join(folder, name);

const limits = { seconds: 20, memoryMb: 1024, fileMb: 10 };
const decode = { program: 'ffmpeg' as const, after: ['-f', 'null', '-'] };

describe('ffmpeg', () => {
	const before = { ...settings };
	const path = process.env.PATH;
	afterEach(() => {
		Object.assign(settings, before);
		process.env.PATH = path;
	});

	it('is the one of the setting, with its ffprobe beside it', async () => {
		for (const name of ['ffmpeg', 'ffprobe']) {
			await writeFile(place(name), '#!/bin/sh\n');
			await chmod(place(name), 0o755);
		}
		settings.FFMPEG_PATH = place('ffmpeg');
		expect([await locate('ffmpeg'), await locate('ffprobe')]).toEqual([place('ffmpeg'), place('ffprobe')]);
		settings.FFMPEG_PATH = place('nowhere/ffmpeg');
		await expect(locate('ffmpeg')).rejects.toMatchObject({ status: 503, code: 'media_missing' });
	});

	it('comes with npm where the machine has none, and reads the same', async () => {
		process.env.PATH = place('nothing');
		settings.DATA_DIR = folder;
		expect(await locate('ffprobe')).not.toContain('/usr/');
		expect(await probe(WALTZ)).toMatchObject({ codec: 'vorbis', channels: 2 });
		const { seconds, loudness } = await measure(WALTZ);
		expect(seconds).toBeCloseTo(6, 1);
		await encode(WALTZ, place('npm.m4a'), { loudness, channels: 2 });
		expect((await measure(place('npm.m4a'))).loudness).toBeCloseTo(-16, 0);
	});
});

describe('a file of a stranger', () => {
	it.runIf(process.platform !== 'win32')('that never ends is left when its time is over', async () => {
		await promisify(execFile)('mkfifo', [place('endless')]);
		const feeding = execFile('sh', ['-c', `exec cat '${WALTZ}' - > '${place('endless')}'`]);
		const endless = { ...decode, path: place('endless'), limits: { ...limits, seconds: 1 } };
		await expect(run(endless)).rejects.toMatchObject({ kind: 'limit' });
		// or when whoever wanted it does not any more
		const leaving = new AbortController();
		const again = run({ ...endless, limits, signal: leaving.signal });
		setImmediate(() => leaving.abort());
		await expect(again).rejects.toMatchObject({ name: 'AbortError' });
		feeding.kill('SIGKILL');
	});

	it.runIf(process.platform === 'linux')('fills no more of the disk and the memory than it may', async () => {
		const wide = ['-ar', '192000', '-f', 'wav', `file:${place('wide.wav')}`];
		const small = { ...decode, path: WALTZ, after: wide, limits: { ...limits, fileMb: 1 } };
		await expect(run(small)).rejects.toMatchObject({ kind: 'limit' });
		expect((await stat(place('wide.wav'))).size).toBeLessThanOrEqual(2 ** 20);
		const tight = { ...decode, path: WALTZ, limits: { ...limits, memoryMb: 40 } };
		await expect(run(tight)).rejects.toThrow();
	});

	it('opens no other file and no address', async () => {
		const names = {
			'list.mp3': `#EXTM3U\n#EXTINF:1,\nfile://${WALTZ}\n`,
			'concat.wav': `ffconcat version 1.0\nfile '${WALTZ}'\n`,
			'mpd.m4a': `<MPD type="static"><BaseURL>file://${WALTZ}</BaseURL></MPD>`
		};
		for (const [name, text] of Object.entries(names)) {
			await writeFile(place(name), text);
			await expect(probe(place(name))).rejects.toMatchObject({ kind: 'broken' });
			await expect(measure(place(name))).rejects.toMatchObject({ kind: 'broken' });
		}
		const address = { ...decode, before: ['-i', 'http://127.0.0.1:9/a.mp3'], path: WALTZ, limits };
		await expect(run(address)).rejects.toThrow(/whitelist/);
	});

	it('with a cover of 5 MB has a small one, and with a picture that unpacks to gigabytes none', async () => {
		await writeFile(place('noise'), randomBytes(1400 * 1200 * 3));
		const noise = [
			'-f',
			'rawvideo',
			'-pix_fmt',
			'rgb24',
			'-s',
			'1400x1200',
			'-i',
			place('noise'),
			'-map',
			'1:v'
		];
		await convert(WALTZ, place('noise.png'), [...noise, '-frames:v', '1', '-update', '1']);
		expect((await stat(place('noise.png'))).size).toBeGreaterThan(5e6);
		const flat = ['-f', 'lavfi', '-i', 'color=size=9000x9000,format=gray', '-map', '1:v'];
		await convert(WALTZ, place('flat.png'), [...flat, '-frames:v', '1', '-update', '1']);
		for (const name of ['noise', 'flat']) {
			const both = [
				'-i',
				place(`${name}.png`),
				'-map',
				'0:a',
				'-map',
				'1:v',
				'-c:a',
				'libmp3lame',
				'-c:v',
				'copy'
			];
			await convert(WALTZ, place(`${name}.mp3`), [...both, '-disposition:v', 'attached_pic']);
		}
		const { cover: stream, film } = await probe(place('noise.mp3'));
		expect(film).toBeUndefined();
		await cover(place('noise.mp3'), place('cover.jpg'), stream!);
		expect((await stat(place('cover.jpg'))).size).toBeLessThan(1.5e6);
		const huge = await probe(place('flat.mp3'));
		await expect(cover(place('flat.mp3'), place('none.jpg'), huge.cover!)).rejects.toThrow();
	});

	it('with 10,000 chapters is read like any other, and its copy has none', async () => {
		const chapters = Array.from(
			{ length: 10_000 },
			(_, n) => `[CHAPTER]\nTIMEBASE=1/10000\nSTART=${n}\nEND=${n + 1}\n`
		);
		await writeFile(place('chapters.txt'), `;FFMETADATA1\n${chapters.join('')}`);
		const options = ['-i', place('chapters.txt'), '-map', '0:a', '-map_chapters', '1', '-c:a', 'aac'];
		await convert(WALTZ, place('chapters.mka'), options);
		const { channels } = await probe(place('chapters.mka'));
		const { loudness, seconds } = await measure(place('chapters.mka'));
		expect(seconds).toBeCloseTo(6, 0);
		await encode(place('chapters.mka'), place('copy.m4a'), { loudness, channels });
		expect((await readFile(place('copy.m4a'))).includes('chpl')).toBe(false);
	});

	it('that is silent stays silent', async () => {
		const silence = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo', '-t', '3', '-map', '1:a'];
		await convert(WALTZ, place('silence.wav'), silence);
		const { loudness, peaks } = await measure(place('silence.wav'));
		expect(loudness).toBe(-70);
		expect(Math.max(...peaks)).toBe(0);
		await encode(place('silence.wav'), place('silence.m4a'), { loudness, channels: 2 });
		expect((await measure(place('silence.m4a'))).loudness).toBe(-70);
	});
});

describe('peaks', () => {
	const peaksOf = (samples: number, at: (n: number) => number, block = 7001) => {
		const peaks = new Peaks(80);
		const bytes = Buffer.alloc(samples * 2);
		for (let n = 0; n < samples; n++) bytes.writeInt16LE(at(n), n * 2);
		for (let n = 0; n < bytes.length; n += block) peaks.add(bytes.subarray(n, n + block));
		expect(peaks.samples).toBe(samples);
		return peaks.finish();
	};

	it('are the loudest of each part, whatever the blocks are', () => {
		const saw = (n: number) => (n < 400 ? -16_384 : 32_767);
		expect([...peaksOf(800, saw, 3)]).toEqual([128, 128, 128, 128, 128, 255, 255, 255, 255, 255]);
	});

	it('of an hour are no more than of a minute', () => {
		const [hertz, minutes] = [8000, 12];
		const found = peaksOf(hertz * 60 * minutes, (n) => (n === 8000 ? -32_768 : 327));
		expect(found.length).toBeLessThanOrEqual(MOST_PEAKS);
		expect(found.length).toBeGreaterThan(MOST_PEAKS / 2);
		expect(found.indexOf(255)).toBe(Math.floor((1 / 60 / minutes) * found.length));
	});
});
