import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { about } from '../../cli/demo/about.ts';
import * as demo from '../../cli/demo/wedding.ts';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { LANGUAGES, type Language } from '../i18n/languages.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import { seal } from '../kernel/db/sealed.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as diets from '../rsvp/diets.server.ts';
import { COLUMNS, type Export, type Form } from './export.ts';
import * as exports from './exports.server.ts';
import { guess } from './mapping.ts';
import * as imports from './imports.server.ts';

const reader = (language: Language = 'nl') => ({ language, timeZone: 'Europe/Amsterdam' });
const write = (viewer: Viewer, kind: Export, language?: Language) =>
	// whose `text()` would lose the mark
	exports
		.answer(viewer, kind, 'csv', reader(language))
		.arrayBuffer()
		.then((bytes) => Buffer.from(bytes).toString());
const sheet = async (viewer: Viewer, kind: Export) => {
	const bytes = await exports.answer(viewer, kind, 'xlsx', reader()).arrayBuffer();
	return (await readXlsx(new Uint8Array(bytes))).sheets[0]!;
};

async function take(viewer: Viewer, text: string) {
	return takeGiven(viewer, { text, name: '' });
}

async function takeGiven(viewer: Viewer, given: Parameters<typeof imports.open>[1]) {
	const id = await imports.open(viewer, given);
	const asked = { address: new URLSearchParams(), chosen: {} };
	const { version, difference } = await imports.look(viewer, id, asked);
	expect([difference.questions, difference.troubles]).toEqual([[], []]);
	if (difference.added.length > 0) await imports.confirm(viewer, id, { ...asked, version });
	return difference;
}

async function makeHard() {
	const made = await makeWedding();
	const { couple, household, riet, weddingId } = made;
	const name = 'Jan de Vries';
	await editHousehold(couple, household.id, {
		...{
			name: '=1+1',
			language: 'en',
			phone: '+31 6 12',
			address: 'Dorp 1\n1234 AB Soest',
			tags: ['Buren', '-x']
		},
		...{ note: '@home "quoted"; two\nlines', plusOnes: 2 },
		guests: [
			{ id: riet.id, name: "'=Riet & co", email: made.email },
			{ name: '-Tom, jr. (6) +1', isChild: true }
		]
	});
	await db.diet.create({
		data: { weddingId, guestId: riet.id, sealed: seal('=geen; "noten"', diets.dietOf(riet.id)) }
	});
	for (const email of ['jan1@example.org', 'jan2@example.org'])
		await db.household.create({
			data: {
				weddingId,
				name,
				language: 'nl',
				code: crypto.randomUUID(),
				guests: { create: { weddingId, name, email } }
			}
		});
	return made;
}

describe('the guest list', () => {
	it('is the same once it was exported, imported into an empty wedding and exported again', async () => {
		const { couple } = await makeHard();
		const { couple: others, weddingId } = await makeWedding();
		await db.household.deleteMany({ where: { weddingId } });
		const text = await write(couple, 'guests');
		await take(others, text);
		expect(await write(others, 'guests')).toBe(text);
		expect(await take(others, text)).toMatchObject({ added: [], changed: [], moved: [], unchanged: 5 });
	});

	it.each<Form>(['csv', 'xlsx'])('of a whole wedding is the same again by way of %s', async (form) => {
		const { couple, weddingId } = await makeWedding();
		await db.household.deleteMany({ where: { weddingId } });
		for (const { stage: _, ...home } of demo.households)
			await households.add(couple, { ...home, ...about[home.name] });
		const poppy = await db.guest.findFirstOrThrow({ where: { weddingId, name: 'Poppy Whitaker' } });
		await transaction((tx) => diets.change(couple, [[poppy.id, 'No nuts\nno celery']], tx));
		const { couple: others, weddingId: empty } = await makeWedding();
		await db.household.deleteMany({ where: { weddingId: empty } });
		const bytes = await exports.answer(couple, 'guests', form, reader()).arrayBuffer();
		const path = join(await mkdtemp(join(tmpdir(), 'vowtape-export-')), `guests.${form}`);
		await writeFile(path, new Uint8Array(bytes));
		expect(await takeGiven(others, { path, name: '' })).toMatchObject({ changed: [], moved: [] });
		expect(await write(others, 'guests')).toBe(await write(couple, 'guests'));
		await rm(dirname(path), { recursive: true });
	});

	it('is written for Excel: its mark, and nothing that is a formula', async () => {
		const { couple } = await makeHard();
		const dutch = await write(couple, 'guests');
		expect(dutch.startsWith('\ufeff')).toBe(true);
		expect(dutch).not.toMatch(/(^|;|\n|")[=+\-@]/);
		const { rows } = await sheet(couple, 'guests');
		expect(rows.find((row) => row[1] === "'=Riet & co")!.slice(0, 2)).toEqual(['=1+1', "'=Riet & co"]);
	});

	it.each(LANGUAGES)('is taken back in %s: its headers, its yes and its separator', async (language) => {
		const { couple } = await makeHard();
		await inLanguage(language, async () => {
			const cells = COLUMNS.guests.map(({ header }) => header());
			const { mapping } = guess({ name: '', rows: [{ line: 1, cells }] })!;
			expect(mapping.columns).not.toContain(undefined);
			expect(new Set(mapping.columns).size).toBe(cells.length);
			expect(await take(couple, await write(couple, 'guests', language))).toMatchObject({
				...{ added: [], changed: [], unchanged: 5 }
			});
		});
	});

	it.each(Object.entries({ en: ',', nl: ';', fr: ';', it: ';', de: ';', es: ';' }))(
		'has in %s the separator that Excel expects there: %s',
		async (language, separator) => {
			const { couple } = await makeWedding();
			const [head] = (await write(couple, 'guests', language as Language)).split('\r\n');
			expect(head!.split(separator)).toHaveLength(12);
		}
	);

	it('has no note for whoever may not read it, and is nobody’s but theirs', async () => {
		const { couple, helper, guest } = await makeHard();
		expect(await write(couple, 'guests')).toContain('quoted');
		expect(await write(couple, 'guests')).toContain('noten');
		expect(await write(helper, 'guests')).not.toMatch(/quoted|noten/);
		for (const kind of ['answers', 'caterer', 'calls'] as const)
			expect(() => exports.answer(helper, kind, 'csv', reader())).toThrow('not_allowed');
		expect(() => exports.answer(guest, 'guests', 'csv', reader())).toThrow('not_allowed');
		expect(exports.answer(couple, 'guests', 'csv', reader()).headers.get('cache-control')).toBe('no-store');
	});
});

it('the answers, the kitchen’s sheet, the envelopes and the calls say what the site knows', async () => {
	const { couple, weddingId, riet, wim, household } = await makeWedding();
	await editHousehold(couple, household.id, {
		...household,
		guests: [],
		address: 'Dorp 1\nSoest',
		phone: '0612'
	});
	const { id: eventId } = await db.event.create({
		data: { weddingId, name: { nl: 'Diner' }, startsAt: new Date() }
	});
	const meal = await db.meal.create({ data: { weddingId, eventId, name: { nl: 'Soep' }, position: 1 } });
	const both = [riet, wim].map(({ id: guestId }) => ({ weddingId, eventId, guestId }));
	await db.invitation.createMany({ data: both });
	const answeredAt = new Date('2027-01-31T23:30:00Z');
	await db.reply.create({ data: { ...both[0]!, state: 'yes', mealId: meal.id, answeredAt } });
	await db.diet.create({
		data: { weddingId, guestId: riet.id, sealed: seal('geen noten', diets.dietOf(riet.id)) }
	});

	const body = async (kind: Export) => (await sheet(couple, kind)).rows.slice(1);
	expect(await body('caterer')).toEqual([['Diner', household.name, 'Riet', null, 'Soep', 'geen noten']]);
	const [first, second] = await body('answers');
	expect(first!.slice(0, 6)).toEqual(['Diner', household.name, 'Riet', null, expect.any(String), 'Soep']);
	// a real date, of the wedding's own clock
	expect(first![6]).toEqual(new Date('2027-02-01T00:00:00Z'));
	expect(second!.slice(2, 5)).toEqual(['Wim', null, null]);
	expect((await body('addresses'))[0]!.slice(0, 4)).toEqual([household.name, 'Riet, Wim', 'Dorp 1', 'Soest']);
	expect((await body('calls'))[0]!.slice(0, 3)).toEqual([household.name, 'Wim', '0612']);
});
