import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/kernel/db/db.server.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';
import { MOST_FOUND } from '#lib/kernel/text/find.ts';
import { makeWedding } from '../testing/fixtures.ts';
import { find } from './find.server.ts';

type Made = Awaited<ReturnType<typeof makeWedding>>;
let made: Made;

beforeAll(async () => {
	made = await makeWedding();
	const { weddingId } = made;
	await db.household.create({
		data: {
			...{ weddingId, name: 'Zoë & Łukasz', language: 'en', code: 'FNDAAAAAAAAA' },
			guests: {
				create: [
					{ weddingId, name: 'Zoë O’Brien' },
					{ weddingId, name: 'Łukasz', email: 'lw@example.org' }
				]
			}
		}
	});
	await db.tag.create({ data: { weddingId, name: 'Friends of Zoë' } });
	const startsAt = new Date('2027-05-01T12:00:00Z');
	await db.event.create({
		data: { weddingId, name: { en: 'The dance', nl: 'Het feest' }, startsAt, place: 'De Zaal' }
	});
});

/** As "kind: title". */
const titles = async (viewer: Viewer, words: string) =>
	(await find(viewer, words)).flatMap(({ title, hits }) => hits.map((hit) => `${title}: ${hit.title}`));

describe('what the couple looks for', () => {
	it.each([
		['zoe', ['Guests: Zoë & Łukasz', 'Groups: Friends of Zoë']],
		['OBRIEN zoe', ['Guests: Zoë & Łukasz']],
		['lukasz', ['Guests: Zoë & Łukasz']],
		['lw@exam', ['Guests: Zoë & Łukasz']],
		['feest', ['Events: The dance']],
		['zaal dance', ['Events: The dance']],
		['reminders', ['Go to: Reminders']],
		['sound', ['Go to: Recordings', 'Go to: Guest book']],
		['import', ['Go to: Import a spreadsheet']],
		['zoe nobody', []],
		['\0', []]
	])('is found by %j', async (words, found) => {
		if (words === '\0') expect(await titles(made.couple, words)).toEqual(await titles(made.couple, ''));
		else expect(await titles(made.couple, words)).toEqual(found);
	});

	it('is, without a word, where one can go', async () => {
		const all = await find(made.couple, ' ');
		expect(all.map(({ title, isCut }) => [title, isCut])).toEqual([['Go to', true]]);
		expect(all[0]!.hits).toHaveLength(MOST_FOUND);
	});

	it('is cut off after some, and says so', async () => {
		const { weddingId } = made;
		const names = Array.from({ length: MOST_FOUND + 1 }, (_, at) => `Quark ${at}`);
		await db.household.createMany({
			data: names.map((name, at) => ({ weddingId, name, language: 'en', code: `FNDQUARK000${at}` }))
		});
		const households = await db.household.findMany({ where: { weddingId, name: { startsWith: 'Quark' } } });
		await db.guest.createMany({
			data: households.map(({ id, name }) => ({ weddingId, householdId: id, name }))
		});
		const [guests] = await find(made.couple, 'quark');
		expect(guests).toMatchObject({ title: 'Guests', isCut: true });
		expect(guests!.hits).toHaveLength(MOST_FOUND);
	});

	it('is only what they may see: a helper finds no message and no action of the couple, a guest nothing', async () => {
		const { helper, guest, weddingId } = made;
		await db.mailing.create({ data: { weddingId, kind: 'news', subject: { en: 'Buses' } } as never });
		expect(await titles(made.couple, 'buses')).toEqual(['Messages: Buses']);
		expect(await titles(helper, 'buses')).toEqual([]);
		expect(await titles(helper, 'import')).toEqual([]);
		expect(await titles(helper, 'zoe')).toContain('Guests: Zoë & Łukasz');
		await expect(find(guest, 'zoe')).rejects.toMatchObject({ status: 403 });
	});

	it('is of this wedding alone', async () => {
		const { couple } = await makeWedding();
		expect(await titles(couple, 'zoe')).toEqual([]);
	});
});
