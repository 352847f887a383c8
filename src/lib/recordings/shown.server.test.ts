import { describe, expect, it } from 'vitest';
import { makeRecordings as record, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as listened from './listened.server.ts';
import * as programme from './programme.server.ts';
import * as recordings from './recordings.server.ts';
import * as scores from './scores.server.ts';
import { search } from './search.server.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
const unknown = refusal(404, 'recording_unknown');
const order = async (viewer: Viewer) => (await recordings.all(viewer)).map(({ title }) => title).join(' ');

describe('two tabs', () => {
	it('do not overwrite each other', async () => {
		const { weddingId, couple } = await makeWedding();
		const [a] = (await record(weddingId, ['a', 'b', 'c'])) as [string];
		const words = { moment: '', speaker: '', recordedOn: null };
		const { version } = await recordings.get(couple, a);
		await recordings.edit(couple, a, { ...words, title: 'first', version });
		const changed = refusal(409, 'recording_changed');
		const late: [string, () => Promise<unknown>][] = [
			['edit', () => recordings.edit(couple, a, { ...words, title: 'second', version })],
			['move', () => recordings.move(couple, a, { to: 'down', version, positionBefore: 1 })],
			['hide', () => recordings.hide(couple, a, { version })],
			['remove', () => recordings.remove(couple, a, { version })]
		];
		for (const [name, act] of late) await expect(act(), name).rejects.toEqual(changed);
		expect(await order(couple)).toBe('first b c');
	});

	it('do not move one twice, nor mind that others were moved or made ready', async () => {
		const { weddingId, couple } = await makeWedding();
		const [a, , c] = (await record(weddingId, ['a', 'b', 'c'])) as [string, string, string];
		const [first, , third] = await recordings.all(couple);
		const seen = { version: first!.version, positionBefore: first!.position };
		await recordings.move(couple, a, { to: 'down', ...seen });
		await expect(recordings.move(couple, a, { to: 'down', ...seen })).rejects.toEqual(
			refusal(409, 'recording_moved')
		);
		await db.recording.update({ where: { id: c }, data: { progress: 0.7, hasCover: true } });
		await recordings.hide(couple, c, { version: third!.version });
		expect(await order(couple)).toBe('b a c');
	});
});

describe('one that waits for its time', () => {
	const words = { title: 'vows', moment: '', speaker: '', recordedOn: null };
	const wait = (viewer: Viewer, id: string, visibleFrom: string) =>
		recordings.edit(viewer, id, { ...words, visibility: 'from', visibleFrom });

	it('is nowhere for guests until then, and everywhere afterwards', async () => {
		const { weddingId, couple, guest, riet } = await makeWedding();
		const [id] = (await record(weddingId, ['vows'])) as [string];
		await wait(couple, id, '2066-06-12T18:00');
		// summer time in Amsterdam
		expect((await recordings.get(couple, id)).visibleFrom).toEqual(new Date('2066-06-12T16:00Z'));
		expect((await programme.list(couple))[0]!.visibleFrom).toEqual(new Date('2066-06-12T16:00Z'));
		const place = { seconds: 1, finished: false };
		const ways = [
			() => recordings.get(guest, id),
			() => scores.give(guest, id, { guestId: riet.id, stars: 5 }),
			() => listened.keep(guest, id, place)
		];
		for (const way of ways) await expect(way()).rejects.toEqual(unknown);
		expect([await programme.list(guest), await programme.count(guest)]).toEqual([[], 0]);

		await wait(couple, id, '2020-06-12T18:00');
		for (const way of ways) await way();
		expect(await programme.list(guest)).toMatchObject([{ id, visibleFrom: null }]);
		expect(await programme.count(guest)).toBe(1);
	});

	it('goes by the clock of the wedding, also in the hour that is skipped', async () => {
		const { weddingId, couple } = await makeWedding();
		await db.wedding.update({ where: { id: weddingId }, data: { timeZone: 'America/New_York' } });
		const [id] = (await record(weddingId, ['vows'])) as [string];
		await wait(couple, id, '2066-03-14T02:30');
		expect((await recordings.get(couple, id)).visibleFrom).toEqual(new Date('2066-03-14T07:30Z'));
	});

	it('is there at once when it is shown', async () => {
		const { weddingId, couple, guest } = await makeWedding();
		const [id] = (await record(weddingId, ['vows'])) as [string];
		await wait(couple, id, '2066-06-12T18:00');
		await recordings.show(couple, id);
		expect(await programme.count(guest)).toBe(1);
	});
});

describe('searching', () => {
	const found = async (viewer: Viewer, words: string) => {
		const passages = await search(viewer, words);
		return passages && [...passages];
	};

	it('finds title, speaker, moment and what is said, and never what a guest may not see', async () => {
		const { weddingId, couple, guest, stranger } = await makeWedding();
		const elsewhere = await makeWedding();
		const [a, b] = (await record(weddingId, ['Café', 'b'])) as [string, string];
		const data = {
			speaker: 'Łukasz',
			transcript: 'WEBVTT\n\n00:07.000 --> 00:08.000\nthe cafe 100% by the sea'
		};
		await db.recording.update({ where: { id: b }, data });
		expect(await found(guest, 'CAFE')).toEqual([
			[a, ''],
			[b, 'the cafe 100% by the sea']
		]);
		expect(await found(guest, 'lukasz')).toEqual([[b, '']]);
		expect(await found(guest, '00:07')).toEqual([]);
		expect(await found(guest, '%')).toBeNull();
		await recordings.hide(couple, b);
		expect(await found(guest, 'sea')).toEqual([]);
		expect(await found(couple, 'sea')).toHaveLength(1);
		expect(await found(elsewhere.couple, 'sea')).toEqual([]);
		await expect(search(stranger, 'sea')).rejects.toEqual(refusal(401, 'sign_in'));
	});
});
