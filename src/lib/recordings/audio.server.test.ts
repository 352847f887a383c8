import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { recognise } from './audio.server.ts';

/** The head of a WebM and of a segment of unknown size. */
const WEBM =
	'1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff';
const AUDIO = join(import.meta.dirname, '../../testing/sounds');
const folder = await mkdtemp(join(tmpdir(), 'vowtape-audio-'));
afterAll(() => rm(folder, { recursive: true }));

/** Recognises bytes that lie in a file whose name says something else. */
async function recognised(bytes: Buffer | string) {
	const path = join(folder, 'toast.mp3');
	await writeFile(path, bytes);
	return recognise(path);
}

const sample = (name: string) => readFile(join(AUDIO, name));

describe('what phones, recorders and editors write', () => {
	test.each([
		['auguri-24bit-stereo.wav', 'wav', 'PCM', 5.507, 0.01, true],
		['auguri-24bit.flac', 'flac', 'FLAC', 5.507, 0.01, true],
		['auguri.aiff', 'aiff', 'PCM', 5.507, 0.01, false],
		['groet-adpcm.wav', 'wav', 'DVI_ADPCM', 6.889, 0.3, false],
		['groet-mono-22k.wav', 'wav', 'PCM', 6.889, 0.01, true],
		['groet-tiny-8k.mp3', 'mp3', 'MP3', 6.889, 0.01, true],
		['groet.aac', 'aac', 'AAC', 6.889, 0.1, true],
		['toast-cbr.mp3', 'mp3', 'MP3', 16.701, 0.01, true],
		['toast-phone.m4a', 'm4a', 'MPEG-4/AAC', 16.701, 0.1, true],
		['toast-recorder-no-duration.webm', 'webm', 'OPUS', 16.701, 0.1, true],
		['toast-vbr-no-xing.mp3', 'mp3', 'MP3', 16.701, 0.1, true],
		['toast-voice.ogg', 'ogg', 'Opus', 16.701, 0.01, true],
		['waltz-stereo.ogg', 'ogg', 'Vorbis I', 6, 0.01, true]
	])('%s is %s (%s)', async (name, format, codec, seconds, within, plays) => {
		const audio = await recognise(join(AUDIO, name));
		expect(audio).toMatchObject({ format, codec, plays, extension: format });
		expect(Math.abs(audio.durationSeconds - seconds)).toBeLessThanOrEqual(within);
	});

	test('a recording that stopped half way is as long as what is there', async () => {
		for (const name of ['groet-mono-22k.wav', 'toast-vbr-no-xing.mp3', 'toast-recorder-no-duration.webm']) {
			const whole = await sample(name);
			const { durationSeconds } = await recognise(join(AUDIO, name));
			const half = await recognised(whole.subarray(0, whole.length / 2));
			expect(half.durationSeconds / durationSeconds).toBeCloseTo(0.5, 1);
		}
	});

	test('tags before an MP3 are not taken for sound', async () => {
		const picture = Buffer.alloc(300_000, 0xff);
		const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\x12\x27\x60', 'latin1'), picture]);
		const audio = await recognised(Buffer.concat([tag, await sample('toast-cbr.mp3')]));
		expect(audio.durationSeconds).toBeCloseTo(16.701, 2);
	});
});

describe('what is no recording', () => {
	test.each([
		['HTML', '<!doctype html><script>alert(1)</script>'],
		['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
		['a program', Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(2000)])],
		['a zip', Buffer.from('PK\x03\x04\x14\0\0\0\0\0'.padEnd(400, '\0'), 'latin1')],
		['a PDF', '%PDF-1.7\n%âãÏÓ\n'],
		['nothing', '']
	])('%s is refused', async (_, bytes) => {
		await expect(recognised(bytes)).rejects.toMatchObject({ status: 415, code: 'not_audio' });
	});

	test('a film is refused as one', async () => {
		const film = atom(
			'moov',
			atom('trak', atom('mdia', atom('hdlr', Buffer.alloc(8), 'vide', Buffer.alloc(13))))
		);
		const bytes = Buffer.concat([atom('ftyp', 'isom\0\0\0\0isom'), film]);
		await expect(recognised(bytes)).rejects.toMatchObject({ status: 415, code: 'audio_is_video' });
	});

	test.each([
		['HTML behind an MP3 tag', 'ID3\x04\0\0\0\0\0\0<script>alert(1)</script>'],
		[
			'an MP3 frame and then noise',
			Buffer.concat([Buffer.of(0xff, 0xfb, 0x90, 0), Buffer.alloc(100_000, 0x55)])
		],
		['a WAV without samples', Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0', 'latin1')],
		['an MP4 that holds itself', atom('ftyp', 'M4A \0\0\0\0isom', '\xff\xff\xff\xffmoov'.repeat(10_000))],
		['a FLAC of endless chunks', Buffer.from(`fLaC${'\x02\0\0\0'.repeat(40_000)}`, 'latin1')],
		['an Ogg of torn pages', Buffer.from('OggS\0\x02'.repeat(40_000), 'latin1')],
		['a WebM of empty clusters', Buffer.from(`${WEBM}${'1f43b675ff'.repeat(50_000)}`, 'hex')]
	])('%s is refused without a fall', async (_, bytes) => {
		await expect(recognised(bytes)).rejects.toMatchObject({ status: 415 });
	});

	test('tags that would fill the memory end in their own process', { timeout: 20_000 }, async () => {
		const count = 900_000;
		const comments = Buffer.from(`\0\0\0\0....${'\x04\0\0\0AB=C'.repeat(count)}`, 'latin1');
		comments.writeUInt32LE(count, 4);
		const head = Buffer.of(4, comments.length >> 16, comments.length >> 8, comments.length);
		const before = process.memoryUsage().heapUsed;
		const bytes = Buffer.concat([
			(await sample('auguri-24bit.flac')).subarray(0, 42),
			...Array(6).fill([head, comments]).flat()
		]);
		await expect(recognised(bytes)).rejects.toMatchObject({ status: 415, code: 'audio_unreadable' });
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
	});
});

function atom(name: string, ...content: (Buffer | string)[]): Buffer {
	const payload = Buffer.concat(content.map((part) => Buffer.from(part as string, 'latin1')));
	const head = Buffer.from(`....${name}`);
	head.writeUInt32BE(payload.length + 8);
	return Buffer.concat([head, payload]);
}
