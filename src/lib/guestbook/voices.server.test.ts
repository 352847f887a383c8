import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import '../../app/domains.ts';
import { look } from '../../app/overview.server.ts';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { SOUNDS } from '../../testing/sound.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { settings } from '../kernel/settings.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { sweep } from '../recordings/jobs.server.ts';
import * as quota from '../recordings/quota.server.ts';
import { decode } from '../recordings/waveform.ts';
import { enqueue, work } from './processing.server.ts';
import * as sound from './sound.server.ts';
import { MOST_VOICES } from './voice.ts';
import * as voices from './voices.server.ts';

type Wedding = Awaited<ReturnType<typeof makeWedding>>;

let wedding: Wedding;
let other: Viewer;
const before = { ...settings };
beforeAll(async () => {
	await acceptJobs();
	settings.UPLOADS_DIR = await mkdtemp(join(tmpdir(), 'vowtape-voices-'));
});
afterAll(async () => {
	await rm(settings.UPLOADS_DIR, { recursive: true });
	Object.assign(settings, before);
});
beforeEach(async () => {
	wedding = await makeWedding();
	const { weddingId, mark } = wedding;
	const household = await db.household.create({
		data: { weddingId, name: 'Tom', language: 'en', code: `tom-${mark}` }
	});
	other = { role: 'guest', weddingId, householdId: household.id };
});

/** As a browser's recorder leaves it: without a length, cut where the last slice ended. */
async function say(viewer: Viewer = wedding.guest, uploadKey?: string, name = 'phone-chrome-slices.webm') {
	const path = join(await files.incomingDir(), crypto.randomUUID());
	await copyFile(join(SOUNDS, name), path);
	try {
		return await voices.add(viewer, { path, originalName: name }, { speaker: 'Riet', uploadKey });
	} finally {
		await rm(path, { force: true });
	}
}

const heardBy = async (viewer: Viewer) => (await voices.list(viewer)).map(({ id }) => id);
const status = (id: string, viewer: Viewer) =>
	sound.play(viewer, id, new Request('http://localhost/')).then(
		async (response) => {
			await response.body?.cancel();
			return response.status;
		},
		(problem: { status: number }) => problem.status
	);

describe('a message', () => {
	it('is heard by the household that sent it and by the couple, and by no other', async () => {
		const id = await say();
		const { guest, couple, helper, stranger } = wedding;
		expect([await heardBy(guest), await heardBy(couple), await heardBy(other)]).toEqual([[id], [id], []]);
		const elsewhere = (await makeWedding()).couple;
		const all = [guest, couple, other, helper, stranger, elsewhere];
		const statuses = await Promise.all(all.map((viewer) => status(id, viewer)));
		expect(statuses).toEqual([200, 200, 404, 404, 404, 404]);
	});

	it('is heard by every guest while it is shared', async () => {
		const id = await say();
		await voices.share(wedding.couple, id, true);
		expect([await heardBy(other), await status(id, other)]).toEqual([[id], 200]);
		await voices.share(wedding.couple, id, false);
		expect([await heardBy(other), await status(id, other)]).toEqual([[], 404]);
	});

	it('plays once it was made ready, with the length that its recorder did not say', async () => {
		const id = await say();
		await work(id);
		const [voice] = await voices.list(wedding.couple);
		expect(voice).toMatchObject({ speaker: 'Riet', household: 'Oma Riet & Opa Wim', failure: null });
		expect(voice!.durationSeconds).toBeGreaterThan(1);
		const peaks = decode(voice!.peaks!);
		expect(peaks.length).toBeLessThanOrEqual(240);
		expect(Math.max(...peaks)).toBe(255);
		const played = await sound.play(wedding.guest, id, new Request('http://localhost/'));
		expect(played.headers.get('content-type')).toBe('audio/mp4');
		const { crc32: sum } = await db.voice.findUniqueOrThrow({ where: { id } });
		expect(Number(sum)).toBe(crc32(readFileSync(join(SOUNDS, 'phone-chrome-slices.webm'))));
		await played.body?.cancel();
	});

	it('from before there were waveforms gets its own', async () => {
		const id = await say();
		await work(id);
		await db.voice.update({ where: { id }, data: { peaks: null } });
		await db.$executeRaw`DELETE FROM jobs.job WHERE name = 'guestbook.process'`;
		await enqueue();
		const waiting = await db.$queryRaw`SELECT data FROM jobs.job WHERE name = 'guestbook.process'`;
		expect(waiting).toContainEqual({ data: { voiceId: id } });
		await work(id);
		expect((await voices.get(wedding.couple, id)).peaks).not.toBeNull();
	});

	it('that is sent again because its answer was lost is one', async () => {
		const id = await say(wedding.guest, 'key');
		const there = await files.ids();
		expect(await say(wedding.guest, 'key')).toBe(id);
		expect(await files.ids()).toEqual(there);
	});

	it('is new to the couple until they put it away, and has their line', async () => {
		const id = await say();
		expect((await look(wedding.couple)).tasks.map(({ title }) => title)).toContain('One new voice message');
		await voices.keep(wedding.couple, id, true);
		await voices.answer(wedding.couple, id, 'We cried.');
		expect((await look(wedding.couple)).tasks.map(({ href }) => href)).not.toContain('/couple/guestbook');
		expect(await voices.list(wedding.guest)).toMatchObject([{ reply: 'We cried.', isKept: true }]);
		await voices.share(wedding.couple, id, true);
		expect(await voices.list(other)).toMatchObject([{ id, reply: '' }]);
	});

	it('goes with its file when it is taken back, by its household alone', async () => {
		const id = await say();
		await voices.share(wedding.couple, id, true);
		await expect(voices.takeBack(other, id)).rejects.toMatchObject({ status: 404 });
		await voices.takeBack(wedding.guest, id);
		expect(await files.ids()).not.toContain(id);
		await expect(voices.get(wedding.couple, id)).rejects.toMatchObject({ status: 404 });
	});

	it('stays when files of nobody are swept, and counts for the quota', async () => {
		const id = await say();
		await sweep();
		expect(await files.ids()).toContain(id);
		settings.UPLOAD_QUOTA = 2 ** 30;
		const { bytes } = await db.voice.findUniqueOrThrow({ where: { id } });
		expect(await quota.room(wedding.couple)).toMatchObject({ usedBytes: Number(bytes) });
		settings.UPLOAD_QUOTA = before.UPLOAD_QUOTA;
	});

	it('outlives the household on the list, with its name gone', async () => {
		const id = await say();
		await db.household.delete({ where: { id: wedding.household.id } });
		expect(await voices.list(wedding.couple)).toMatchObject([{ id, household: '', speaker: 'Riet' }]);
	});
});

describe('refused is', () => {
	it('what is no sound, and leaves nothing', async () => {
		const there = await files.ids();
		await expect(say(wedding.guest, undefined, 'SHA256SUMS')).rejects.toMatchObject({ status: 415 });
		expect(await files.ids()).toEqual(there);
	});

	it('more than a household may send', async () => {
		const { weddingId, household, guest } = wedding;
		const file = { originalName: 'a', format: 'mp3', mimeType: 'audio/mpeg', plays: true, bytes: 1 };
		const one = { ...file, weddingId, householdId: household.id, speaker: 'Riet', durationSeconds: 1 };
		await db.voice.createMany({ data: Array.from({ length: MOST_VOICES }, () => one) });
		await expect(say(guest)).rejects.toMatchObject({ code: 'voices_enough' });
	});

	it('to speak for the couple, and to answer for a guest', async () => {
		const id = await say();
		await expect(say(wedding.couple)).rejects.toMatchObject({ status: 403 });
		const { guest, helper } = wedding;
		for (const viewer of [guest, helper])
			expect(() => voices.share(viewer, id, true)).toThrow(expect.objectContaining({ status: 403 }));
	});
});
