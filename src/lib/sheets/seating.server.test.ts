import { readXlsx } from 'hucre/xlsx';
import { beforeAll, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../testing/barn.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { seal } from '../kernel/db/sealed.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { dietOf } from '../rsvp/diets.server.ts';
import * as seating from '../tables/seating.server.ts';
import type { Form } from './export.ts';
import type { SeatingSheet } from './seating.ts';
import * as sheets from './seating.server.ts';

let barn: Barn;

beforeAll(async () => {
	barn = await makeBarn();
	const { couple, weddingId, ids, id: eventId, plan } = barn;
	await db.guest.update({ where: { id: ids.Eva! }, data: { name: '=Eva; "x"' } });
	await barn.seat(['Eva', 'Bo', 'Riet']);
	await barn.says('Riet', 'yes');
	await barn.says('Wim', 'yes');
	await seating.setNeeds(couple, plan, { guestId: ids.Bo!, highChair: true, wheelchair: false });
	const meal = await db.meal.create({ data: { weddingId, eventId, name: { nl: 'Soep' }, position: 9 } });
	await db.reply.updateMany({ where: { guestId: ids.Riet! }, data: { mealId: meal.id } });
	const sealed = seal('-noten', dietOf(ids.Riet!));
	await db.diet.create({ data: { weddingId, guestId: ids.Riet!, sealed } });
});

const answer = (kind: SeatingSheet, form: Form, viewer: Viewer = barn.couple) =>
	sheets.answer(viewer, kind, { planId: barn.plan, form }, { language: 'nl', timeZone: 'Europe/Amsterdam' });
async function rows(kind: SeatingSheet) {
	const bytes = await (await answer(kind, 'xlsx')).arrayBuffer();
	return (await readXlsx(new Uint8Array(bytes))).sheets[0]!.rows.slice(1);
}

it('has a guest in each row, by table and seat, and below them who has none', async () => {
	const short = (await rows('seating')).map(([table, , seat, name]) => [table, seat, name]);
	expect(short.slice(0, 3)).toEqual([
		[1, 1, 'Riet'],
		[1, 2, 'Bo'],
		[1, 3, '=Eva; "x"']
	]);
	expect(short.slice(3).toSorted()).toEqual([
		[null, null, 'Ida'],
		[null, null, 'Wim']
	]);
});

it('tells the kitchen what everybody eats, and nobody else', async () => {
	const kitchen = await rows('kitchen');
	expect(kitchen.find((row) => row[3] === 'Riet')!.slice(5, 7)).toEqual(['Soep', '-noten']);
	expect(kitchen.find((row) => row[3] === 'Bo')![7]).toMatch(/child, high chair/);
	expect(kitchen.at(-1)!.slice(0, 4)).toEqual([null, null, null, 'Wim']);
	expect(JSON.stringify(await rows('seating'))).not.toMatch(/noten|Soep/);
});

it('is written for Excel, without a formula', async () => {
	const response = await answer('kitchen', 'csv');
	expect(response.headers.get('content-disposition')).toContain('Barn.csv');
	expect(response.headers.get('cache-control')).toBe('no-store');
	const text = Buffer.from(await response.arrayBuffer()).toString();
	expect(text.startsWith('\ufeff')).toBe(true);
	expect(text).toContain(`;"'=Eva; ""x""";`);
	expect(text).toContain(";Soep;'-noten;");
});

it('is for whoever may see it, of their own wedding', async () => {
	expect((await answer('seating', 'csv', barn.helper)).status).toBe(200);
	const { couple: others } = await makeWedding();
	for (const [viewer, kind, status] of [
		[barn.helper, 'kitchen', 403],
		[barn.guest, 'seating', 403],
		[barn.stranger, 'seating', 401],
		[others, 'seating', 404],
		[others, 'kitchen', 404]
	] as const)
		await expect(async () => answer(kind, 'csv', viewer)).rejects.toMatchObject({ status });
});
