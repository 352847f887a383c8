import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { readCodes, readPdf } from '../../testing/printed.ts';
import { db } from '../kernel/db/db.server.ts';
import { makeCode } from '../kernel/token.ts';
import { CODE_LENGTH } from '../people/household.ts';
import { type Choice, type Paper, readChoice } from './card.ts';
import * as cards from './cards.server.ts';
import * as printed from './printed.server.ts';
import * as texts from './texts.server.ts';

const EVERYBODY: Choice = { email: '', card: '', tag: '', event: '', household: '' };

/** A household of one. */
async function add(weddingId: string, name: string, more: { language?: string; email?: string } = {}) {
	const { language = 'en', email } = more;
	const guests = { create: [{ weddingId, name, email, position: 0 }] };
	return db.household.create({ data: { weddingId, name, language, code: makeCode(CODE_LENGTH), guests } });
}

async function print(viewer: Parameters<typeof printed.print>[0], choice: Choice, paper: Paper) {
	const pdf = await printed.print(viewer, choice, paper);
	return readPdf(await buffer(pdf as unknown as Readable));
}

it('is for whoever may edit the list, since it shows every code', async () => {
	const { helper, guest, stranger } = await makeWedding();
	for (const viewer of [helper, guest, stranger]) {
		const status = viewer.role === 'nobody' ? 401 : 403;
		await expect(async () => printed.look(viewer, EVERYBODY)).rejects.toMatchObject({ status });
		await expect(async () => printed.print(viewer, EVERYBODY, 'a6')).rejects.toMatchObject({ status });
		await expect(async () => cards.list(viewer, EVERYBODY)).rejects.toMatchObject({ status });
		await expect(async () => cards.write(viewer, [])).rejects.toMatchObject({ status });
		await expect(async () => texts.set(viewer, { line: { en: '', nl: '' } })).rejects.toMatchObject({
			status
		});
	}
});

it.each<[Paper, number, number, number]>([
	['a6', 2, 210, 297],
	['a5', 3, 297, 210]
])('opens by the code on each card of a PDF, %s', async (paper, sheets, width, height) => {
	const { couple, weddingId, household, mark } = await makeWedding();
	const names = ['Łukasz Żółć', 'Ștefan Țepeș', 'Ελένη Παπαδοπούλου', 'Алёна Щукина'];
	for (const name of names) await add(weddingId, name);
	const pages = await print(couple, EVERYBODY, paper);
	expect(pages.length).toBe(sheets);
	for (const page of pages) {
		expect(page.width).toBeCloseTo(width, -1);
		expect(page.height).toBeCloseTo(height, -1);
	}
	const said = (await Promise.all(pages.map(({ picture }) => readCodes(picture)))).flat();
	const all = await cards.write(couple, await cards.list(couple, EVERYBODY));
	expect(said).toEqual(all.map(({ link }) => link));
	expect(said).toContain(`http://${mark}.example/i/${household.code}`);
	const text = pages.map((page) => page.text).join('\n');
	for (const name of [...names, household.name]) expect(text).toContain(name);
	// where two letters are set apart, whoever reads the PDF makes a blank of it
	expect(text.replaceAll(' ', '')).toContain(household.code.replace(/(.{4})(?=.)/g, '$1-'));
});

it('says everything in the language of its household, and the couple’s own words where there are some', async () => {
	const { couple, weddingId, household } = await makeWedding();
	const english = await add(weddingId, 'Tom');
	await texts.set(couple, { line: { en: '', nl: 'Tot dan!' } });
	const written = await cards.write(couple, await cards.list(couple, EVERYBODY));
	const of = (id: string) => written.find((card) => card.id === id)!;
	expect(of(household.id)).toMatchObject({
		...{ names: 'Anna & Ben', day: 'zaterdag 12 juni 2066', place: 'Utrecht', line: 'Tot dan!' },
		...{ household: 'Oma Riet & Opa Wim', guests: 'Riet en Wim', scan: 'Scan dit, of ga naar' }
	});
	expect(of(english.id)).toMatchObject({
		...{ day: 'Saturday 12 June 2066', guests: '', scan: 'Scan this, or go to' },
		line: 'On our site you find everything about the day, and you can let us know if you are coming.'
	});
});

it('is chosen by email, group, event, household, and by who has theirs', async () => {
	const { couple, weddingId, household, riet } = await makeWedding();
	const [tom, noor] = [await add(weddingId, 'Tom'), await add(weddingId, 'Noor', { email: 'n@example.org' })];
	const tag = await db.tag.create({ data: { weddingId, name: 'Family' } });
	await db.householdTag.create({ data: { weddingId, tagId: tag.id, householdId: noor.id } });
	const event = await db.event.create({ data: { weddingId, name: { en: 'Dinner' }, startsAt: new Date() } });
	await db.invitation.create({ data: { weddingId, eventId: event.id, guestId: riet.id } });
	await db.household.update({ where: { id: tom.id }, data: { cardGivenAt: new Date() } });
	const chosen = async (asked: string) =>
		(await cards.list(couple, readChoice(new URLSearchParams(asked)))).map(({ id }) => id).sort();
	const all = [household.id, tom.id, noor.id].sort();
	expect(await chosen('card=')).toEqual(all);
	expect(await chosen('')).toEqual(all.filter((id) => id !== tom.id));
	expect(await chosen('card=given')).toEqual([tom.id]);
	expect(await chosen('card=&email=without')).toEqual([tom.id]);
	expect(await chosen(`tag=${tag.id}`)).toEqual([noor.id]);
	expect(await chosen(`event=${event.id}`)).toEqual([household.id]);
	expect(await chosen(`household=${tom.id}`)).toEqual([tom.id]);
	expect(await chosen(`event='; DROP TABLE card&tag=x&household=y&card=`)).toEqual(all);
});

it('shows no household of another wedding', async () => {
	const [{ couple }, other] = [await makeWedding(), await makeWedding('Eva & Tom')];
	const choice = readChoice(new URLSearchParams({ household: other.household.id }));
	expect(await cards.list(couple, choice)).toEqual([]);
	const event = await db.event.create({
		data: { weddingId: other.weddingId, name: { en: 'Dinner' }, startsAt: new Date() }
	});
	expect(await cards.list(couple, readChoice(new URLSearchParams({ event: event.id })))).toEqual([]);
});
