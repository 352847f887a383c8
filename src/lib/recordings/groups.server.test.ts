import { beforeAll, describe, expect, it } from 'vitest';
import { editHousehold, makeRecordings, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as tags from '../people/tags.server.ts';
import * as comments from './comments.server.ts';
import * as cover from './cover.server.ts';
import * as holdings from './holdings.server.ts';
import * as listened from './listened.server.ts';
import * as programme from './programme.server.ts';
import { RecordingForm } from './recording.schema.ts';
import * as recordings from './recordings.server.ts';
import * as scores from './scores.server.ts';
import { search } from './search.server.ts';
import * as sound from './sound.server.ts';

type Asker = Viewer & { person: string };

/** A wedding with one recording for "Family", and another for all: Riet is of the family, Henk is not. */
async function make() {
	const made = await makeWedding();
	const { couple, household, weddingId, riet } = made;
	const { name, language } = household;
	await editHousehold(couple, household.id, { name, language, guests: [], tags: ['Family'] });
	const other = await households.add(couple, {
		...{ name: 'Henk', language: 'nl', guests: [{ name: 'Henk' }], tags: ['Work'] }
	});
	const [henk] = (await households.get(couple, other)).guests;
	const [family, work] = (await tags.list(couple)).map(({ id }) => id) as [string, string];
	const [secret, open] = (await makeRecordings(weddingId, ['secret', 'open'])) as [string, string];
	const words = { moment: '', speaker: '', recordedOn: null, visibility: 'guests' as const };
	const keepTo = (onlyFor: string[]) =>
		recordings.edit(couple, secret, { ...words, title: 'secret', onlyFor });
	await keepTo([family]);
	await db.recordingSettings.create({ data: { weddingId, resultsShown: 'always', areCommentsOpen: true } });
	const guest = { role: 'guest', weddingId } as const;
	const ofFamily: Asker = { ...guest, householdId: household.id, guestId: riet.id, person: riet.id };
	const byCard: Asker = { ...guest, householdId: household.id, person: riet.id };
	const ofWork: Asker = { ...guest, householdId: other, guestId: henk!.id, person: henk!.id };
	const nowhere: Asker = { ...guest, person: henk!.id };
	await db.score.create({ data: { weddingId, recordingId: secret, guestId: riet.id, stars: 5 } });
	return { ...made, family, work, secret, open, keepTo, ofFamily, byCard, ofWork, nowhere };
}

let wedding: Awaited<ReturnType<typeof make>>;
beforeAll(async () => void (wedding = await make()));

const has = (found: { id: string }[], id: string) => found.some((one) => one.id === id);
const isTaken = (act: Promise<unknown>) =>
	act.then(
		() => true,
		(error: { status?: number; code?: string }) => {
			expect(error).toMatchObject({ status: 404, code: 'recording_unknown' });
			return false;
		}
	);
/** A row without a file behind it answers 404 too, but with another code. */
const isFound = (act: Promise<unknown>) =>
	act.then(
		() => true,
		(error: { code?: string }) => error.code !== 'recording_unknown'
	);

/** Every way to a recording: whether this one is there for who asks. */
const WAYS: [string, (viewer: Asker, id: string) => Promise<boolean>][] = [
	['its page', (viewer, id) => isTaken(recordings.get(viewer, id))],
	['the list', async (viewer, id) => has(await programme.list(viewer), id)],
	['the player’s list', async (viewer, id) => has(await programme.tracks(viewer), id)],
	['the number of recordings', async (viewer) => (await programme.count(viewer)) === 2],
	['the search', async (viewer, id) => Boolean((await search(viewer, 'secret'))?.has(id))],
	['the ZIP and the feed', async (viewer, id) => has(await holdings.list(viewer), id)],
	['the weight of the ZIP', async (viewer) => (await holdings.weigh(viewer)) > 4e9],
	['the sound, as it is played', (viewer, id) => isFound(sound.find(viewer, id, 'copy'))],
	['the sound, as it came', (viewer, id) => isFound(sound.find(viewer, id, 'original'))],
	[
		'the address of the sound',
		(viewer, id) => isFound(sound.answer(viewer, id, new Request('http://x.example/?original=1')))
	],
	['its neighbour’s page', async (viewer) => Boolean((await recordings.get(viewer, wedding.open)).previous)],
	['the averages', async (viewer, id) => id in (await scores.seen(viewer))!.of]
];

/** These ask for a guest, or a household. */
const OWN: typeof WAYS = [
	[
		'taking them back',
		(viewer, id) => isTaken(scores.give(viewer, id, { guestId: viewer.person, stars: 0 }))
	],
	['giving stars', (viewer, id) => isTaken(scores.give(viewer, id, { guestId: viewer.person, stars: 5 }))],
	['a line', (viewer, id) => isTaken(comments.write(viewer, id, { guestId: viewer.person, text: 'Hi' }))],
	['where they stopped', (viewer, id) => isTaken(listened.keep(viewer, id, { seconds: 1, finished: false }))]
];

describe('a recording for a group', () => {
	it.each([...WAYS, ...OWN])('is there for its households by %s, and for no other', async (_, isThere) => {
		const { secret, ofFamily, byCard, ofWork, nowhere } = wedding;
		expect([await isThere(ofFamily, secret), await isThere(byCard, secret)]).toEqual([true, true]);
		expect([await isThere(ofWork, secret), await isThere(nowhere, secret)]).toEqual([false, false]);
	});

	it.each(WAYS)('is there for the couple by %s', async (way, isThere) => {
		const { couple, secret } = wedding;
		// what guests have in all is what is counted
		const expected = way !== 'the number of recordings';
		expect(await isThere({ ...couple, person: '' }, secret)).toBe(expected);
	});

	it('is there for each of those who ask at once as for them alone', async () => {
		const { secret, ofFamily, ofWork, nowhere, couple } = wedding;
		const askers = [ofWork, ofFamily, nowhere, couple, ofFamily];
		const expected = [false, true, false, true, true];
		const lists = await Promise.all(askers.map((viewer) => programme.list(viewer)));
		expect(lists.map((list) => has(list, secret))).toEqual(expected);
		const sounds = askers.map((viewer) => isFound(sound.find(viewer, secret, 'copy')));
		expect(await Promise.all(sounds)).toEqual(expected);
	});

	it('tells guests nothing of groups', async () => {
		const { secret, ofFamily, couple, family } = wedding;
		expect((await recordings.get(ofFamily, secret)).onlyFor).toEqual([]);
		expect((await recordings.get(couple, secret)).onlyFor).toEqual([family]);
		await expect(
			(async () => cover.answer(wedding.ofWork, secret, new Request('http://x.example')))()
		).rejects.toMatchObject({ code: 'recording_unknown' });
	});
});

describe('whom it is for', () => {
	it('follows the households of the group, and ends with it being for all', async () => {
		const { keepTo, secret, family, work, ofFamily, ofWork } = await make();
		const heard = async () =>
			Promise.all([ofFamily, ofWork].map(async (viewer) => has(await programme.list(viewer), secret)));
		await keepTo([family, work]);
		expect(await heard()).toEqual([true, true]);
		await keepTo([work]);
		expect(await heard()).toEqual([false, true]);
		await keepTo([]);
		expect(await heard()).toEqual([true, true]);
		const { family: foreign } = await make();
		await expect(keepTo([foreign])).rejects.toMatchObject({ status: 409, code: 'tag_gone' });
	});

	it('stays when a form is only about other things, and is part of the version', async () => {
		const { couple, secret, family, keepTo } = await make();
		const { version } = await recordings.get(couple, secret);
		const words = { title: 'new', moment: '', speaker: '', recordedOn: null };
		await recordings.edit(couple, secret, words);
		expect((await recordings.get(couple, secret)).onlyFor).toEqual([family]);
		const { version: later } = await recordings.get(couple, secret);
		await keepTo([]);
		for (const seen of [version, later])
			await expect(recordings.edit(couple, secret, { ...words, version: seen })).rejects.toMatchObject({
				code: 'recording_changed'
			});
	});

	it('keeps its group from being removed, and goes along when that is merged', async () => {
		const { couple, secret, family, work, ofWork, keepTo } = await make();
		await expect(tags.remove(couple, family)).rejects.toMatchObject({ status: 409, code: 'tag_heard' });
		await keepTo([family, work]);
		await tags.merge(couple, family, work);
		expect((await recordings.get(couple, secret)).onlyFor).toEqual([work]);
		expect(has(await programme.list(ofWork), secret)).toBe(true);
		await keepTo([]);
		await tags.remove(couple, work);
	});

	it('is the boxes that are ticked', () => {
		const id = crypto.randomUUID();
		const form = { title: 'a', version: '1', visibility: 'guests' };
		expect(RecordingForm.parse({ ...form, onlyFor: { [id]: 'on' } }).onlyFor).toEqual([id]);
		expect(RecordingForm.parse(form).onlyFor).toEqual([]);
		expect(RecordingForm.safeParse({ ...form, onlyFor: { x: 'on' } }).success).toBe(false);
	});
});
