import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { forgetRemoved } from '../../testing/removal.ts';
import { addReady, addSound, convert, SOUNDS } from '../../testing/sound.ts';
import { eachStore, type TestStore } from '../../testing/stores.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { probe } from '../kernel/media/probe.server.ts';
import { measure } from '../kernel/media/sound.server.ts';
import * as processing from './processing.server.ts';
import * as programme from './programme.server.ts';
import { addressOf } from './recording.ts';
import * as recordings from './recordings.server.ts';
import * as scores from './scores.server.ts';
import * as sound from './sound.server.ts';

const unknown = expect.objectContaining({ status: 404, code: 'recording_unknown' });

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let wedding: Wedding;

beforeAll(async () => {
	await acceptJobs();
	wedding = await makeWedding();
});

const jobsOf = (id: string) =>
	db.$queryRaw<
		object[]
	>`SELECT FROM jobs.job WHERE name = 'recordings.process' AND data->>'recordingId' = ${id}`;

/** What a guest's player gets, as a file. */
async function played(id: string): Promise<string> {
	const answer = await sound.answer(wedding.guest, id, new Request('http://localhost/'));
	expect(answer.headers.get('content-type')).toBe('audio/mp4');
	const path = join(await files.incomingDir(), `${id}.m4a`);
	await writeFile(path, Buffer.from(await answer.arrayBuffer()));
	return path;
}

const everySound = () => {
	it.each([
		['auguri-24bit-stereo.wav', 5.5, 0.1],
		['auguri-24bit.flac', 5.5, 0.1],
		['auguri.aiff', 5.5, 0.1],
		['chained.ogg', 5, 0.1],
		['cover-as-track-h264.m4a', 3, 0.1],
		['cover-as-video.m4a', 3, 0.1],
		['cropped.opus', 10, 0.1],
		['cut-off.aiff', 2.2, 0.1],
		['cut-off.flac', 2.6, 0.1],
		['groet-adpcm.wav', 6.9, 0.3],
		['groet-mono-22k.wav', 6.9, 0.1],
		['groet-tiny-8k.mp3', 6.9, 0.3],
		['groet.aac', 6.9, 0.1],
		['iphone-memo.qta', 5, 0.1],
		['mp3-id3-then-10-zeros.mp3', 3, 0.1],
		['mp3-newline-first.mp3', 3, 0.1],
		['opus-in-mp4.mp4', 3, 0.1],
		['phone-chrome-slices.webm', 5.9, 0.3],
		['phone-chrome.mp4', 5.9, 0.4],
		['power-lost.wav', 4, 0.1],
		['recorder-rf64.wav', 4, 0.1],
		['toast-cbr.mp3', 16.7, 0.1],
		['toast-phone.m4a', 16.7, 0.1],
		['toast-recorder-no-duration.webm', 16.7, 0.1],
		['toast-vbr-no-xing.mp3', 16.7, 0.34],
		['toast-voice.ogg', 16.7, 0.1],
		['unknown-total.flac', 5, 0.1],
		['waltz-stereo.ogg', 6, 0.1],
		['wav-fact-0.wav', 3, 0.1],
		['zeros-first.mp3', 5, 0.1]
	])('%s plays on every phone, %d s long, as loud as the others', async (name, seconds, within) => {
		const id = await addReady(wedding.couple, name);
		const row = await db.recording.findUniqueOrThrow({ where: { id } });
		expect(row).toMatchObject({ state: 'ready', failure: null, isFilm: false, progress: 1 });
		expect(row.isCut).toBe(name.startsWith('cut-off'));
		expect(row.hasCover).toBe(name.startsWith('cover-as'));
		expect(Math.abs(row.durationSeconds - seconds)).toBeLessThanOrEqual(within);
		expect(row.peaks!.length).toBeLessThanOrEqual(1800);
		expect(Math.max(...row.peaks!)).toBe(255);
		const copy = await played(id);
		expect(await probe(copy)).toMatchObject({ codec: 'aac', title: '', artist: '' });
		const heard = await measure(copy);
		expect(Math.abs(heard.seconds - row.durationSeconds)).toBeLessThan(0.1);
		expect(heard.loudness).toBeGreaterThan(-18);
		expect(heard.loudness).toBeLessThan(-15.5);
		const original = await files.find(id, row.format);
		const kept = await buffer(original.read(0, original.bytes - 1));
		expect(kept.equals(await readFile(join(SOUNDS, name)))).toBe(true);
	});
};

const others = ({ names }: TestStore) => {
	it.each(['mp4', 'avi', 'ts'])('plays the sound of a film (%s), and keeps the film', async (format) => {
		const film = join(await files.incomingDir(), `film.${format}`);
		const picture = [
			'-f',
			'lavfi',
			'-i',
			'testsrc=size=64x64:rate=10:duration=9',
			'-map',
			'0:a',
			'-map',
			'1:v'
		];
		await convert(join(SOUNDS, 'waltz-stereo.ogg'), film, [...picture, '-c:v', 'mpeg4', '-c:a', 'aac']);
		const id = await addReady(wedding.couple, film);
		const row = await recordings.get(wedding.guest, id);
		expect(row).toMatchObject({ isFilm: true, isCut: false, format, hasCover: false });
		expect(row.durationSeconds).toBeCloseTo(6, 1);
		expect((await probe(await played(id))).film).toBeUndefined();
	});

	it('says that a WAV was cut, which its header knows', async () => {
		const whole = await readFile(join(SOUNDS, 'groet-mono-22k.wav'));
		const half = join(await files.incomingDir(), 'half.wav');
		await writeFile(half, whole.subarray(0, whole.length / 2));
		const id = await addReady(wedding.couple, half);
		const row = await recordings.get(wedding.couple, id);
		expect(row.isCut).toBe(true);
		expect(row.durationSeconds).toBeCloseTo(3.4, 1);
	});

	it('keeps a cover as a small JPEG, and nothing that its maker wrote into it', async () => {
		const id = await addReady(wedding.couple, 'cover-as-video.m4a');
		const { bytes, read } = await files.findCopy(id, 'cover.jpg');
		const picture = await buffer(read(0, bytes - 1));
		expect(picture.subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff));
		expect(bytes).toBeLessThan(500_000);
		expect(picture.includes('Exif')).toBe(false);
	});

	it('takes title and speaker from the file where nobody typed them', async () => {
		const tagged = await addSound(wedding.couple, 'toast-cbr.mp3', '');
		expect(await recordings.get(wedding.couple, tagged)).toMatchObject({
			title: 'Toast by the best man',
			speaker: 'Rob'
		});
		const typed = await addSound(wedding.couple, 'toast-cbr.mp3', 'Ours');
		expect(await recordings.get(wedding.couple, typed)).toMatchObject({ title: 'Ours' });
	});

	it('leaves nothing behind when the recording is removed, also while it is at work', async () => {
		const before = await names();
		const id = await addReady(wedding.couple, 'cover-as-video.m4a');
		expect((await names()).length).toBe(before.length + 3);
		await recordings.remove(wedding.couple, id);
		const gone = await addSound(wedding.couple, 'groet.aac');
		const isWorking = processing.work(gone);
		await recordings.remove(wedding.couple, gone);
		await isWorking.catch(() => {});
		expect(await names()).toContainEqual(expect.stringMatching(`${gone}/original`));
		await forgetRemoved(wedding.weddingId);
		expect((await names()).filter((name) => name.includes(id) || name.includes(gone))).toEqual([]);
	});
};

const guests = () => {
	it('see and hear a recording once it is ready; the couple sees how far it is', async () => {
		const { guest, couple, riet, weddingId } = await makeWedding();
		const id = await addSound(couple, 'waltz-stereo.ogg');
		const audio = () => sound.answer(guest, id, new Request('http://localhost/?original=1'));
		expect(await programme.list(guest)).toEqual([]);
		expect(await programme.count(guest)).toBe(0);
		await expect(recordings.get(guest, id)).rejects.toEqual(unknown);
		await expect(audio()).rejects.toEqual(unknown);
		await expect(scores.give(guest, id, { guestId: riet.id, stars: 5 })).rejects.toEqual(unknown);
		expect(await recordings.all(couple)).toMatchObject([{ id, state: 'waiting', progress: 0 }]);

		// as a process that was killed has left it
		await db.recording.updateMany({ where: { weddingId }, data: { state: 'processing', progress: 0.4 } });
		await processing.work(id);
		expect(await programme.list(guest)).toMatchObject([{ id }]);
		expect(await programme.count(guest)).toBe(1);
		expect((await audio()).status).toBe(200);
		await scores.give(guest, id, { guestId: riet.id, stars: 5 });
	});

	it('hear the original of an older install until there is a copy, and the tag tells them apart', async () => {
		const id = await addSound(wedding.couple, 'waltz-stereo.ogg');
		await db.recording.update({ where: { id }, data: { state: 'ready' } });
		const ask = (path = '') => sound.answer(wedding.guest, id, new Request(`http://localhost/${path}`));
		const before = await ask();
		const address = async () => {
			const track = (await programme.tracks(wedding.guest)).find((one) => one.id === id);
			return new URL(addressOf(track!), 'http://localhost').search;
		};
		const early = await address();
		expect(before.headers.get('content-type')).toBe('audio/ogg');
		await processing.work(id);
		const after = await ask();
		expect(after.headers.get('content-type')).toBe('audio/mp4');
		expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
		// whoever listens goes on with what they have, and whoever comes later has another address
		const on = await ask(early);
		expect(on.headers.get('etag')).toBe(before.headers.get('etag'));
		expect(on.headers.get('content-disposition')).toMatch(/^inline/);
		expect((await ask(await address())).headers.get('content-type')).toBe('audio/mp4');
	});
};

const failures = () => {
	it('says why, keeps the original, and goes on when one asks it to', async () => {
		const { guest, couple, helper } = await makeWedding();
		const id = await addSound(couple, 'waltz-stereo.ogg');
		const put = async (content: Buffer) => {
			const path = join(await files.incomingDir(), id);
			await writeFile(path, content);
			await files.keep(path, id, 'ogg');
		};
		const whole = await readFile(join(SOUNDS, 'waltz-stereo.ogg'));
		await put(whole.subarray(0, 4000));
		await processing.work(id);
		const failed = { state: 'failed', failure: 'audio_broken' };
		expect(await recordings.get(couple, id)).toMatchObject(failed);
		await expect(recordings.get(guest, id)).rejects.toEqual(unknown);
		expect((await files.find(id, 'ogg')).bytes).toBe(4000);

		await put(whole);
		await processing.work(id);
		expect(await recordings.get(couple, id)).toMatchObject(failed);
		await expect((async () => processing.retry(guest, id))()).rejects.toMatchObject({ status: 403 });
		const before = (await jobsOf(id)).length;
		await processing.retry(helper, id);
		expect(await jobsOf(id)).toHaveLength(before + 1);
		expect(await recordings.get(couple, id)).toMatchObject({ state: 'waiting', failure: null });
		await processing.work(id);
		expect(await recordings.get(guest, id)).toMatchObject({ state: 'ready' });
	});

	it('of a file that is lost is one that can be read', async () => {
		const id = await addSound(wedding.couple, 'groet.aac');
		await files.remove(id);
		await processing.work(id);
		expect(await recordings.get(wedding.couple, id)).toMatchObject({ failure: 'audio_lost' });
	});

	it('gives a job to what waits without one, once', async () => {
		const id = await addSound(wedding.couple, 'groet.aac');
		await db.$executeRaw`DELETE FROM jobs.job WHERE data->>'recordingId' = ${id}`;
		await Promise.all([processing.enqueue(), processing.enqueue()]);
		expect(await jobsOf(id)).toHaveLength(1);
		await processing.work(id);
		await db.$executeRaw`DELETE FROM jobs.job WHERE data->>'recordingId' = ${id}`;
		await processing.enqueue();
		expect(await jobsOf(id)).toHaveLength(0);
	});
};

describe('a sound as phones and recorders write it', everySound);
describe('guests', guests);
describe('a failure', failures);
eachStore((store) => {
	describe('processing', () => others(store));
});
