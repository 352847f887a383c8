import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../../testing/barn.ts';
import { makeWedding } from '../../../testing/fixtures.ts';
import { readPdf } from '../../../testing/printed.ts';
import { db } from '../../kernel/db/db.server.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import * as room from '../../tables/room.server.ts';
import { arrange } from './columns.ts';
import { type Print, PRINTS } from './print.ts';
import * as prints from './printed.server.ts';

let barn: Barn;
/** Bo, Eva and Ida are called otherwise, in letters of three alphabets. */
const NAMES = { Bo: 'Łukasz Żółć-Wójcik', Eva: 'Ελένη Παπαδοπούλου', Ida: '小林 一郎' };

beforeAll(async () => {
	barn = await makeBarn();
	const { couple, plan, ids, tables } = barn;
	for (const [name, data] of Object.entries(NAMES))
		await db.guest.update({ where: { id: ids[name]! }, data: { name: data } });
	await barn.seat(['Riet', 'Bo', 'Eva'], 0);
	await barn.seat(['Ida'], 1);
	const table = { shape: 'round' as const, seats: 4, x: 300, y: 300, rotation: 30, isLocked: false };
	await room.editTable(couple, plan, tables[0], { ...table, number: 7, name: 'The lake', letStand: false });
	const dance = { kind: 'dance' as const, name: 'Dance here', x: 800, y: 300, width: 200, height: 200 };
	await room.addFixture(couple, plan, { ...dance, rotation: 45 });
});

async function read(
	print: Print,
	{ viewer = barn.couple, tableId = '' }: { viewer?: Viewer; tableId?: string } = {}
) {
	const pdf = await prints.print(viewer, barn.plan, print, { language: 'en', tableId });
	return readPdf(await buffer(pdf as unknown as Readable));
}
/** Some names are cut at a hyphen. */
const bare = (text: string) => text.replace(/\s/g, '');

describe('a plan on paper', () => {
	it.each<[Print, number, number, number]>([
		['plan-a3', 1, 420, 297],
		['plan-a4', 1, 297, 210],
		['by-table', 1, 210, 297],
		['by-name', 1, 210, 297],
		['place-cards', 1, 210, 297],
		['place-tents', 1, 210, 297],
		['table-cards', 1, 210, 297],
		['table-tents', 2, 210, 297]
	])('is a PDF of its size with every name and number: %s', async (print, count, width, height) => {
		const pages = await read(print);
		expect(pages).toHaveLength(count);
		for (const page of pages) {
			expect(page.width).toBeCloseTo(width, -1);
			expect(page.height).toBeCloseTo(height, -1);
		}
		const text = bare(pages.map((page) => page.text).join(''));
		const names = print.startsWith('table-') ? [] : ['Riet', NAMES.Bo, NAMES.Eva];
		for (const word of [...names, '7', '2']) expect(text).toContain(bare(word));
		if (print !== 'by-name') expect(text).toContain(bare('The lake'));
		// there it has a line to write on, and nobody without a seat is on it
		expect(text).not.toMatch(/小林|Wim/);
	});

	it('says whose it is and when it was so, and has the dance floor', async () => {
		const [page] = await read('plan-a4');
		for (const word of ['Anna & Ben', 'Dance here', 'Barn', 'As of', 'In italics'])
			expect(bare(page!.text)).toContain(bare(word));
	});

	it('is followed by a list where a name would be too small to read', async () => {
		const long = 'Bartholomew Featherstonehaughbury';
		await db.guest.update({ where: { id: barn.ids.Riet! }, data: { name: long } });
		const pages = await read('plan-a4');
		await db.guest.update({ where: { id: barn.ids.Riet! }, data: { name: 'Riet' } });
		expect(pages.map(({ text }) => text.includes(long))).toEqual([false, true]);
		expect(pages[0]!.text).toContain('BF');
	});

	it('is of one table alone where that is asked for', async () => {
		const [page] = await read('place-cards', { tableId: barn.tables[0] });
		expect(page!.text.match(/The lake/g)).toHaveLength(3);
		expect(page!.text).not.toContain('Table 2');
	});

	it('is drawn by whoever may see the seats, of their own wedding', async () => {
		expect(await read('by-name', { viewer: barn.helper })).toHaveLength(1);
		const { couple: others } = await makeWedding();
		for (const [viewer, status] of [
			[barn.guest, 403],
			[barn.stranger, 401],
			[others, 404]
		] as const)
			for (const print of PRINTS.slice(0, 1)) {
				await expect(read(print, { viewer })).rejects.toMatchObject({ status });
				await expect(async () => prints.look(viewer, barn.plan)).rejects.toMatchObject({ status });
			}
	});

	it('tells whose names it cannot set, and how many have no seat', async () => {
		expect(await prints.look(barn.couple, barn.plan)).toMatchObject({
			...{ seated: 4, standing: 1, unset: [NAMES.Ida] }
		});
	});
});

describe('columns', () => {
	const group = (title: string, count: number) => ({
		...{ title, rows: Array.from({ length: count }, (_, n) => ({ text: `${title}${n}` })) }
	});
	const lines = (groups: Parameters<typeof arrange>[0]) =>
		arrange(groups, 10, 100).map((items) =>
			items.map((item) => ('title' in item ? item.title : item.row.text)).join(' ')
		);

	it('keep a group together where it has room, and a title with its first line', () => {
		expect(lines([group('a', 3), group('b', 2)])).toEqual(['a a0 a1 a2', 'b b0 b1']);
		expect(lines([group('a', 1), group('b', 1)])).toEqual(['a a0 b b0']);
		expect(lines([group('a', 8)])).toEqual(['a a0 a1 a2 a3 a4', 'a5 a6 a7']);
		expect(lines([])).toEqual(['']);
	});
});
