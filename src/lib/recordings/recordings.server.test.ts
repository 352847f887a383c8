import { beforeAll, describe, expect, it } from 'vitest';
import { makeRecordings as record, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { RecordingEdit } from './recording.schema.ts';
import * as programme from './programme.server.ts';
import * as recordings from './recordings.server.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
const unknown = refusal(404, 'recording_unknown');
const nobody = '01a1fc2d-0000-7000-8000-000000000000';

const order = async (viewer: Viewer) => (await recordings.all(viewer)).map(({ title }) => title).join(' ');
const positions = async ({ weddingId }: Viewer) => {
	const rows = await db.recording.findMany({ where: { weddingId }, orderBy: { position: 'asc' } });
	return rows.map(({ position }) => position);
};
const deeds = async ({ weddingId }: Viewer) => {
	const entries = await db.auditEntry.findMany({ where: { weddingId }, orderBy: { id: 'asc' } });
	return entries.map(({ action }) => action);
};

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let here: Wedding;
let elsewhere: Wedding;
let vows: string;
let toast: string;
let dance: string;

beforeAll(async () => {
	[here, elsewhere] = await Promise.all([makeWedding(), makeWedding('Cem & Dana')]);
	[vows, toast, dance] = (await record(here.weddingId, ['vows', 'toast', 'dance'])) as [
		string,
		string,
		string
	];
	await db.recording.update({ where: { id: toast }, data: { isHidden: true } });
});

describe('reading', () => {
	it('is for everyone of the wedding, and for no one else', async () => {
		for (const viewer of [here.guest, here.helper, here.couple]) {
			expect(await recordings.get(viewer, vows)).toMatchObject({ title: 'vows', bytes: 3_000_000_000 });
		}
		await expect(programme.list(here.stranger)).rejects.toEqual(refusal(401, 'sign_in'));
		await expect(recordings.get(here.stranger, vows)).rejects.toEqual(refusal(401, 'sign_in'));
		expect(await programme.list(elsewhere.guest)).toEqual([]);
		await expect(recordings.get(elsewhere.guest, vows)).rejects.toEqual(unknown);
		await expect(recordings.get(elsewhere.couple, vows)).rejects.toEqual(unknown);
	});

	it('leaves out what is hidden for guests, as if it were not there', async () => {
		const titles = async (viewer: Viewer) => (await programme.list(viewer)).map(({ title }) => title);
		expect(await titles(here.guest)).toEqual(['vows', 'dance']);
		expect(await titles(here.helper)).toEqual(['vows', 'toast', 'dance']);
		await expect(recordings.get(here.guest, toast)).rejects.toEqual(unknown);
		expect(await recordings.get(here.couple, toast)).toMatchObject({ isHidden: true });
	});

	it('answers many who ask at once, each for themselves', async () => {
		const viewers = [here.guest, elsewhere.couple, here.couple, here.guest, elsewhere.guest];
		const lists = await Promise.all(viewers.map((viewer) => programme.list(viewer)));
		const titles = lists.map((list) => list.map(({ title }) => title));
		expect(titles).toEqual([['vows', 'dance'], [], ['vows', 'toast', 'dance'], ['vows', 'dance'], []]);
	});

	it('knows what comes before and after for this viewer', async () => {
		const next = { id: dance, title: 'dance' };
		expect(await recordings.get(here.guest, vows)).toMatchObject({ previous: null, next });
		expect(await recordings.get(here.couple, dance)).toMatchObject({
			previous: { title: 'toast' },
			next: null
		});
	});

	it("brings the household's own stars, and nobody else's", async () => {
		const { weddingId, riet, wim, guest } = here;
		const other = await db.household.create({
			data: {
				...{ weddingId, name: 'Henk', language: 'nl', code: crypto.randomUUID() },
				guests: { create: { weddingId, name: 'Henk' } }
			},
			include: { guests: true }
		});
		const score = (guestId: string, stars: number) => ({ weddingId, recordingId: vows, guestId, stars });
		await db.score.createMany({ data: [score(riet.id, 5), score(wim.id, 4), score(other.guests[0]!.id, 1)] });

		const [first, second] = await programme.list(guest);
		expect(first!.scores).toEqual([
			{ name: null, stars: 5 },
			{ name: 'Wim', stars: 4 }
		]);
		expect(second!.scores).toEqual([]);
		const [asWim] = await programme.list({ ...guest, guestId: wim.id });
		expect(asWim!.scores).toEqual([
			{ name: null, stars: 4 },
			{ name: 'Riet', stars: 5 }
		]);
		expect((await programme.list(here.couple))[0]!.scores).toEqual([]);
	});
});

describe('changing', () => {
	const details: RecordingEdit = { title: 'The vows', moment: 'Ceremony', speaker: 'Anna', recordedOn: null };
	const changes: [string, (viewer: Viewer, id: string) => Promise<unknown>][] = [
		['edit', (viewer, id) => recordings.edit(viewer, id, details)],
		['move', (viewer, id) => recordings.move(viewer, id, { to: 'down' })],
		['hide', recordings.hide],
		['show', recordings.show],
		['remove', recordings.remove]
	];

	it.each(changes)(
		'%s is refused to strangers, guests and other weddings, and changes nothing',
		async (_, change) => {
			const before = await recordings.all(here.couple);
			await expect((async () => change(here.stranger, vows))()).rejects.toEqual(refusal(401, 'sign_in'));
			await expect((async () => change(here.guest, vows))()).rejects.toEqual(refusal(403, 'not_allowed'));
			await expect(change(elsewhere.couple, vows)).rejects.toEqual(unknown);
			await expect(change(here.couple, nobody)).rejects.toEqual(unknown);
			expect(await recordings.all(here.couple)).toEqual(before);
		}
	);

	it('is written down, and only when something changed', async () => {
		const { weddingId, helper, couple, guest } = await makeWedding();
		const [first, second] = (await record(weddingId, ['first', 'second'])) as [string, string];
		await recordings.edit(helper, first, { ...details, recordedOn: new Date('2027-06-12'), position: 2 });
		await recordings.move(couple, first, { to: 'down' });
		await recordings.hide(couple, second);
		await recordings.hide(couple, second);
		await recordings.show(couple, second);
		await recordings.remove(couple, second);
		expect(await programme.list(guest)).toMatchObject([{ title: 'The vows', moment: 'Ceremony' }]);
		expect(await deeds(couple)).toEqual([
			'recording.edited',
			'recording.hidden',
			'recording.shown',
			'recording.removed'
		]);
		const [edited] = await db.auditEntry.findMany({ where: { weddingId, action: 'recording.edited' } });
		expect(edited).toMatchObject({ accountId: helper.accountId, subjectId: first });
		expect(edited!.data).toMatchObject({ before: { title: 'first', position: 1 } });
	});
});

describe('the order', () => {
	it('moves by one and to a place, and stays within the list', async () => {
		const { weddingId, couple } = await makeWedding();
		const [a, , c] = (await record(weddingId, ['a', 'b', 'c'])) as [string, string, string];
		await recordings.move(couple, a, { to: 'up' });
		expect(await order(couple)).toBe('a b c');
		await recordings.move(couple, a, { to: 'down' });
		expect(await order(couple)).toBe('b a c');
		await recordings.move(couple, c, { to: 1 });
		expect(await order(couple)).toBe('c b a');
		await recordings.move(couple, c, { to: 99 });
		expect(await order(couple)).toBe('b a c');
	});

	it('stays as another form made it when this one changed only the words', async () => {
		const { weddingId, couple } = await makeWedding();
		const [a] = (await record(weddingId, ['a', 'b', 'c'])) as [string];
		const words = { title: 'a', moment: '', speaker: '', recordedOn: null };
		await recordings.move(couple, a, { to: 3 });
		await recordings.edit(couple, a, { ...words, position: 1, positionBefore: 1 });
		expect(await order(couple)).toBe('b c a');
		await recordings.edit(couple, a, { ...words, position: 2, positionBefore: 1 });
		expect(await order(couple)).toBe('b a c');
	});

	it('has no gaps after many changes at once', async () => {
		const { weddingId, couple, helper } = await makeWedding();
		const ids = await record(weddingId, ['a', 'b', 'c', 'd', 'e', 'f']);
		await Promise.all([
			recordings.move(couple, ids[0]!, { to: 'down' }),
			recordings.move(helper, ids[0]!, { to: 'down' }),
			recordings.move(helper, ids[5]!, { to: 1 }),
			recordings.remove(couple, ids[2]!),
			recordings.move(couple, ids[4]!, { to: 'up' })
		]);
		expect(await positions(couple)).toEqual([1, 2, 3, 4, 5]);
	});
});
