import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { readZip } from '../../testing/read-zip.ts';
import { eachStore } from '../../testing/stores.ts';
import { db, pool } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as keepsake from './keepsake.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'vowtape-keepsake-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasUnzip = spawnSync('unzip', ['-v']).status === 0;
const UTF8 = { LC_ALL: 'C.UTF-8' };

eachStore(() => {
	let made: Awaited<ReturnType<typeof makeWedding>>;
	const sounds = [randomBytes(400_000), randomBytes(3), randomBytes(70_000), randomBytes(9)] as const;

	async function add(position: number, title: string, more: object = {}) {
		const id = randomUUID();
		const sound = sounds[position - 1]!;
		const path = join(await files.incomingDir(), id);
		await writeFile(path, sound);
		await files.keep(path, id, 'mp3');
		const kind = { originalName: 'x.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true };
		await db.recording.create({
			data: {
				...{ id, weddingId: made.weddingId, title, position, bytes: sound.length, durationSeconds: 65 },
				...{ ...kind, state: 'ready', createdAt: new Date('2027-06-13T10:00:00Z'), ...more }
			}
		});
		return id;
	}

	const take = (viewer: Viewer, headers: Record<string, string> = {}, method = 'GET') =>
		keepsake.answer(viewer, new Request('http://localhost/recordings/all.zip', { headers, method }), 'en');
	const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

	/** The text of one file, and the names of all. */
	async function unpack(answer: Response, name: string) {
		const path = join(folder, `${randomUUID()}.zip`);
		writeFileSync(path, await bytesOf(answer));
		const run = (flag: string, ...more: string[]) =>
			spawnSync('unzip', [flag, path, ...more], { encoding: 'utf8', env: { ...process.env, ...UTF8 } })
				.stdout;
		expect(run('-tqq')).not.toMatch(/bad|error/i);
		return { names: run('-Z1').trim().split('\n'), text: run('-p', name) };
	}

	beforeAll(async () => {
		made = await makeWedding();
		const toast = await add(1, 'Toast <b>', {
			...{
				speaker: '=Ben',
				moment: 'Dinner',
				recordedOn: new Date('2027-06-12'),
				peaks: Buffer.alloc(900, 99)
			}
		});
		await add(2, 'Between us', { isHidden: true });
		await add(3, 'Walts', { plays: false });
		await add(4, 'Later', { state: 'waiting' });
		const { weddingId, riet, wim } = made;
		await db.score.createMany({
			data: [riet, wim].map(({ id }, n) => ({ weddingId, guestId: id, recordingId: toast, stars: 4 + n }))
		});
	});

	it('is whole, as long as it says, and the same bytes each time', async () => {
		const [first, again, head] = [
			await take(made.couple),
			await take(made.couple),
			await take(made.couple, {}, 'HEAD')
		];
		const content = await bytesOf(first);
		expect(Object.fromEntries(first.headers)).toMatchObject({
			'content-length': String(content.length),
			'content-type': 'application/zip',
			'content-disposition': 'attachment; filename="Anna & Ben.zip"',
			'accept-ranges': 'bytes',
			'cache-control': 'private, no-cache'
		});
		expect(first.headers.has('last-modified')).toBe(false);
		expect((await bytesOf(again)).equals(content)).toBe(true);
		expect([head.body, [...head.headers]]).toEqual([null, [...first.headers]]);
		for (const sound of sounds) expect(content.includes(sound)).toBe(true);
	});

	it('goes on where it was cut, and from the start when something was changed since', async () => {
		const whole = await take(made.couple);
		const content = await bytesOf(whole);
		const etag = whole.headers.get('etag')!;
		const rest = await take(made.couple, { range: 'bytes=300000-', 'if-range': etag });
		expect([rest.status, rest.headers.get('content-range')]).toEqual([
			...[206, `bytes 300000-${content.length - 1}/${content.length}`]
		]);
		expect((await bytesOf(rest)).equals(content.subarray(300_000))).toBe(true);
		await db.recording.updateMany({ where: { title: 'Walts' }, data: { title: 'Waltz' } });
		const changed = await take(made.couple, { range: 'bytes=300000-', 'if-range': etag });
		expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
		await changed.body!.cancel();
	});

	it('keeps no connection to the database while somebody takes their time', async () => {
		const many = await Promise.all(Array.from({ length: 15 }, () => take(made.couple)));
		const readers = many.map(({ body }) => body!.getReader());
		await Promise.all(readers.map((reader) => reader.read()));
		expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]);
		await Promise.all(readers.map((reader) => reader.cancel()));
	});

	it('counts what was not counted yet, once', async () => {
		const { weddingId } = made;
		const lasting = await db.recording.findMany({ where: { weddingId, crc32: null } });
		expect(lasting).toEqual([]);
		const sums = await db.recording.findMany({ where: { weddingId }, select: { sha256: true } });
		expect(sums.every(({ sha256 }) => sha256?.length === 32)).toBe(true);
	});

	describe.skipIf(!hasUnzip)('unpacked', () => {
		it('has everything for the couple, with scores', async () => {
			const { names, text } = await unpack(await take(made.couple), 'recordings.csv');
			expect(names).toEqual([
				...['index.html', 'recordings.csv', 'recordings/01 Toast b.mp3', 'recordings/02 Between us.mp3'],
				...['recordings/03 Waltz.mp3', 'recordings/04 Later.mp3']
			]);
			expect(text.split('\r\n').slice(0, 2)).toEqual([
				'\ufeffNo.;Title;Moment;Who speaks or plays;Recorded on;Length;File;Original name;Average stars;Given by',
				"1;Toast <b>;Dinner;'=Ben;2027-06-12;1:05;recordings/01 Toast b.mp3;x.mp3;4.5;2"
			]);
		});

		it('has a page that asks nobody for anything, and says what a browser cannot play', async () => {
			const { text } = await unpack(await take(made.couple), 'index.html');
			expect(text).toContain('<audio controls preload="none" src="recordings/01%20Toast%20b.mp3"');
			expect(text).toContain('<bdi>Toast &lt;b&gt;</bdi>');
			expect(text).toContain('4.5 stars from 2 guests');
			expect(text).toContain('<a href="recordings/03%20Waltz.mp3">Open the file (MP3)');
			expect(text.match(/<path d="M/g)).toHaveLength(1);
			expect(text).not.toMatch(/(src|href)="(?!recordings\/)|url\(|https?:/);
		});

		it('has a picture beside the sound', async () => {
			const pictured = await db.recording.findFirstOrThrow({
				where: { weddingId: made.weddingId, title: 'Toast <b>' }
			});
			const path = join(await files.incomingDir(), randomUUID());
			await writeFile(path, 'a picture');
			await files.keepCopy(path, pictured.id, 'cover.jpg');
			await db.recording.updateMany({
				where: { weddingId: made.weddingId, title: { in: ['Toast <b>', 'Waltz'] } },
				data: { hasCover: true }
			});
			const { names, text } = await unpack(await take(made.couple), 'index.html');
			// that of the waltz is lost, and is no reason to take nothing home
			expect(names.slice(6)).toEqual(['covers/01 Toast b.jpg']);
			expect(text).toContain('<img src="covers/01%20Toast%20b.jpg" alt="">');
			expect((await unpack(await take(made.couple), 'covers/01 Toast b.jpg')).text).toBe('a picture');
			await db.recording.updateMany({ where: { weddingId: made.weddingId }, data: { hasCover: false } });
		});

		it('has for guests, once they may, what they can listen to, and no score', async () => {
			await expect(take(made.guest)).rejects.toMatchObject({ status: 403, code: 'keepsake_closed' });
			expect(await keepsake.weigh(made.guest)).toBe(null);
			await db.wedding.update({ where: { id: made.weddingId }, data: { guestsMayTake: true } });
			expect(await keepsake.weigh(made.guest)).toBe(470_000);
			const { names, text } = await unpack(await take(made.guest), 'recordings.csv');
			expect(names.slice(2)).toEqual(['recordings/01 Toast b.mp3', 'recordings/02 Waltz.mp3']);
			expect(text).not.toMatch(/stars|4\.5/);
		});
	});

	describe('with messages in the guest book', () => {
		const voices = [randomBytes(5000), randomBytes(60_000), randomBytes(11)] as const;
		let wedding: Awaited<ReturnType<typeof makeWedding>>;

		async function say(place: number, speaker: string, more: object = {}) {
			const id = randomUUID().replace(/^../, `0${place}`);
			const path = join(await files.incomingDir(), id);
			await writeFile(path, voices[place]!);
			await files.keep(path, id, 'webm');
			const kind = { originalName: 'message.webm', format: 'webm', mimeType: 'audio/webm', plays: true };
			await db.voice.create({
				data: {
					...{ id, weddingId: wedding.weddingId, householdId: wedding.household.id, speaker, ...kind },
					...{ bytes: voices[place]!.length, durationSeconds: 65, state: 'ready' },
					...{ createdAt: new Date('2027-06-12T20:30:00Z'), ...more }
				}
			});
			return id;
		}

		const filesFor = async (viewer: Viewer) => readZip(await bytesOf(await take(viewer)));

		beforeAll(async () => {
			wedding = await makeWedding();
			await db.wedding.update({
				where: { id: wedding.weddingId },
				data: { timeZone: 'Europe/Amsterdam', guestsMayTake: true }
			});
			await say(0, 'Riet', { reply: 'We <cried>', peaks: Buffer.alloc(240, 99) });
			await say(1, '=Tom', { isShared: true });
			await say(2, 'Wim', { isShared: true, failure: 'audio_broken', state: 'failed' });
		});

		it('has all of them for the couple, under their own heading', async () => {
			const found = await filesFor(wedding.couple);
			const names = ['messages/01 Riet.webm', 'messages/02 =Tom.webm', 'messages/03 Wim.webm'] as const;
			expect([...found.keys()]).toEqual(['index.html', 'recordings.csv', 'messages.csv', ...names]);
			expect(names.every((name, place) => found.get(name)!.equals(voices[place]!))).toBe(true);
			expect(String(found.get('messages.csv')).trimEnd().split('\r\n')).toEqual([
				'\ufeffNo.;Who speaks;Sent on;Length;Answer;File',
				'1;Riet;2027-06-12 22:30;1:05;We <cried>;messages/01 Riet.webm',
				"2;'=Tom;2027-06-12 22:30;1:05;;messages/02 =Tom.webm",
				'3;Wim;2027-06-12 22:30;1:05;;messages/03 Wim.webm'
			]);
			const page = String(found.get('index.html'));
			expect(page).toContain('<h2>Guest book</h2>');
			expect(page).toContain('<audio controls preload="none" src="messages/01%20Riet.webm"');
			expect(page).toContain('<a href="messages/03%20Wim.webm">Open the file (WEBM)');
			expect(page).toContain('12 June 2027, 22:30');
			expect(page).toContain('<p>Anna &amp; Ben: <bdi>We &lt;cried&gt;</bdi></p>');
			expect(page.match(/<path d="M/g)).toHaveLength(1);
			expect(await keepsake.weigh(wedding.couple)).toBe(65_011);
		});

		it('is as long as it says, goes on where it was cut, and counts each message once', async () => {
			const whole = await take(wedding.couple);
			const content = await bytesOf(whole);
			expect(whole.headers.get('content-length')).toBe(String(content.length));
			const cut = content.length - voices[1].length;
			const rest = await take(wedding.couple, {
				range: `bytes=${cut}-`,
				'if-range': whole.headers.get('etag')!
			});
			expect([rest.status, (await bytesOf(rest)).equals(content.subarray(cut))]).toEqual([206, true]);
			const { weddingId } = wedding;
			expect(await db.voice.count({ where: { weddingId, crc32: null } })).toBe(0);
		});

		it('has for guests those that are shared with all, and none for who helps', async () => {
			const ofGuest = await filesFor(wedding.guest);
			expect([...ofGuest.keys()].slice(2)).toEqual(['messages.csv', 'messages/01 =Tom.webm']);
			expect(String(ofGuest.get('index.html'))).not.toContain('Riet');
			expect(await keepsake.weigh(wedding.guest)).toBe(60_000);
			await expect(take(wedding.helper)).rejects.toMatchObject({ code: 'keepsake_empty' });
		});

		it('leaves out what the job did not find any more', async () => {
			const id = await say(2, 'Lost', { failure: 'audio_lost', state: 'failed' });
			await files.remove(id);
			expect([...(await filesFor(wedding.couple)).keys()].join()).not.toContain('Lost');
		});
	});

	it('is nothing for strangers, and not there while there is nothing', async () => {
		await expect(take(made.stranger)).rejects.toMatchObject({ status: 401 });
		const { couple } = await makeWedding();
		await expect(take(couple)).rejects.toMatchObject({ status: 404, code: 'keepsake_empty' });
		expect(await keepsake.weigh(couple)).toBe(null);
	});

	it('breaks off, rather than being whole without it, when a file is lost', async () => {
		const other = await makeWedding();
		const before = made;
		made = other;
		const id = await add(1, 'Lost');
		made = before;
		await bytesOf(await take(other.couple));
		await files.remove(id);
		await expect(bytesOf(await take(other.couple))).rejects.toThrow();
	});
});
