import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { convert } from '../../testing/sound.ts';
import { recognise } from './audio.server.ts';

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
		['auguri-24bit-stereo.wav', 'wav', 'pcm_s24le', true],
		['auguri-24bit.flac', 'flac', 'flac', true],
		['auguri.aiff', 'aiff', 'pcm_s16be', false],
		['groet-adpcm.wav', 'wav', 'adpcm_ima_wav', false],
		['groet-tiny-8k.mp3', 'mp3', 'mp3', true],
		['groet.aac', 'aac', 'aac', true],
		['iphone-memo.qta', 'qta', 'aac', false],
		['opus-in-mp4.mp4', 'm4a', 'opus', true],
		['cover-as-video.m4a', 'm4a', 'aac', true],
		['cover-as-track-h264.m4a', 'm4a', 'aac', true],
		['phone-chrome-slices.webm', 'webm', 'opus', true],
		['recorder-rf64.wav', 'wav', 'pcm_s16le', true],
		['toast-voice.ogg', 'ogg', 'opus', true],
		['waltz-stereo.ogg', 'ogg', 'vorbis', true]
	])('%s is %s (%s)', async (name, format, codec, plays) => {
		const audio = await recognise(join(AUDIO, name));
		expect(audio).toMatchObject({ format, codec, plays, isFilm: false });
	});

	test.each([
		['w64', 'w64', ['-c:a', 'pcm_s16le']],
		['wav', 'wav', ['-write_bext', '1', '-c:a', 'pcm_s16le']],
		['aiff', 'aiff', ['-c:a', 'pcm_mulaw']],
		['caf', 'caf', ['-c:a', 'pcm_s16be']],
		['ogg', 'ogg', ['-c:a', 'flac']],
		['mp4', 'm4a', ['-c:a', 'flac', '-strict', '-2']],
		['ipod', 'm4a', ['-c:a', 'alac']],
		['mp3', 'mp2', ['-c:a', 'mp2']],
		['mov', 'qta', ['-c:a', 'aac']],
		['3gp', '3gp', ['-c:a', 'aac']],
		['asf', 'wma', ['-c:a', 'wmav2']],
		['matroska', 'mka', ['-c:a', 'pcm_s16le']]
	])('written as %s is %s', async (muxer, format, options) => {
		const path = join(folder, `${muxer}-${options.at(-1)}`);
		await convert(join(AUDIO, 'waltz-stereo.ogg'), path, [...options, '-f', muxer === 'mp3' ? 'mp2' : muxer]);
		const audio = await recognise(path);
		expect(audio).toMatchObject({ format, isFilm: false });
		expect(audio.durationSeconds).toBeCloseTo(6, 0);
	});

	test('AMR, of which phones of long ago are full', async () => {
		// a hundred frames of silence
		const frame = Buffer.concat([Buffer.of(0x3c), Buffer.alloc(31)]);
		const bytes = Buffer.concat([Buffer.from('#!AMR\n'), ...Array(100).fill(frame)]);
		expect(await recognised(bytes)).toMatchObject({ format: 'amr', plays: false });
	});

	test('a film has sound in it, and is known as one', async () => {
		for (const [muxer, format] of [
			['mp4', 'mp4'],
			['mov', 'mov'],
			['matroska', 'mkv'],
			['avi', 'avi'],
			['mpegts', 'ts']
		] as const) {
			const path = join(folder, `film-${muxer}`);
			const picture = [
				'-f',
				'lavfi',
				'-i',
				'testsrc=size=64x64:rate=10:duration=6',
				'-map',
				'0:a',
				'-map',
				'1:v'
			];
			const codecs = ['-c:v', 'mpeg4', '-c:a', 'aac', '-f', muxer];
			await convert(join(AUDIO, 'waltz-stereo.ogg'), path, [...picture, ...codecs]);
			expect(await recognise(path)).toMatchObject({ format, isFilm: true, plays: false });
		}
	});

	test('tags name what is in the file', async () => {
		const toast = await recognise(join(AUDIO, 'toast-cbr.mp3'));
		expect(toast).toMatchObject({ title: 'Toast by the best man', artist: 'Rob' });
	});
});

describe('what is no recording', () => {
	test.each([
		['HTML', '<!doctype html><script>alert(1)</script>'],
		['HTML with a mark before it', '\ufeff\n <html>'],
		['HTML in UTF-16', Buffer.from('\ufeff<html><body>', 'utf16le')],
		['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
		['a program', Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(2000)])],
		['a script', '#!/bin/sh\ntrue\n'],
		['a zip', Buffer.from('PK\x03\x04\x14\0\0\0\0\0'.padEnd(400, '\0'), 'latin1')],
		['a PDF', '%PDF-1.7\n%âãÏÓ\n'],
		['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/hosts\n'],
		['a list of files', "ffconcat version 1.0\nfile '/etc/hosts'\n"],
		['a text', 'Dear guests,\nthis is only a text.\n'.repeat(100)],
		['nothing', '']
	])('%s is refused', async (_, bytes) => {
		await expect(recognised(bytes)).rejects.toMatchObject({ status: 415, code: 'not_audio' });
	});

	test.each([
		['a playlist behind a sign that is no text', '\x01\n#EXTM3U\n#EXTINF:1,\nfile:///etc/hosts\n'],
		['a WAV without samples', Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0', 'latin1')],
		['an MP4 that holds itself', `\0\0\0\x10ftypM4A \0\0\0\0${'\xff\xff\xff\xffmoov'.repeat(10_000)}`],
		['a FLAC of endless chunks', Buffer.from(`fLaC${'\x02\0\0\0'.repeat(40_000)}`, 'latin1')],
		['an Ogg of torn pages', Buffer.from('OggS\0\x02'.repeat(40_000), 'latin1')]
	])('%s is refused without a fall', async (_, bytes) => {
		await expect(recognised(bytes)).rejects.toMatchObject({ status: 415, code: 'audio_unreadable' });
	});

	test('tags that would fill the memory do so in their own process', async () => {
		// attached files of one letter, each of which takes ffprobe 4 kB: more than it may have
		const frames = Buffer.from('GEOB\0\0\0\x05\0\0\0\0\0\0x'.repeat(300_000), 'latin1');
		const length = [21, 14, 7, 0].map((bits) => (frames.length >> bits) & 127);
		const head = Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), Buffer.from(length)]);
		const before = process.memoryUsage().rss;
		await recognised(Buffer.concat([head, frames, await sample('groet-tiny-8k.mp3')])).catch((error) =>
			expect(error).toMatchObject({ status: 415 })
		);
		expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
	});
});
