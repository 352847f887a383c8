import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { zip } from '../../testing/zip.ts';
import readTask from './read-task.ts';
import { read } from './read.server.ts';
import { UNCALCULATED } from './sheet.ts';

const folder = await mkdtemp(join(tmpdir(), 'vowtape-sheets-'));
afterAll(() => rm(folder, { recursive: true }));

const samples = join(import.meta.dirname, '../../testing/sheets');
const rowsOf = async (path: string) => (await readHere({ path }))[0]!.rows;
let count = 0;
async function readBytes(bytes: Uint8Array | string) {
	const path = join(folder, `${++count}`);
	await writeFile(path, bytes);
	return readHere({ path });
}

/** As `read`, without a process for each. */
async function readHere(given: { path: string } | { text: string }) {
	const answer = await readTask(given);
	if ('code' in answer) throw Object.assign(new Error(answer.code), { ...answer, status: 415 });
	return answer.sheets;
}
const cells = async (bytes: Uint8Array | string) =>
	(await readBytes(bytes))[0]!.rows.map(({ cells }) => cells);
const refused = (code: string, status = 415) => expect.objectContaining({ status, code });

describe('a guest list as people have it', () => {
	it('is the same as a workbook and as two kinds of text, but for what a text loses', async () => {
		const [xlsx, windows, unicode] = await Promise.all(
			['gastenlijst.xlsx', 'gastenlijst-windows.csv', 'gastenlijst-unicode.txt'].map((name) =>
				rowsOf(join(samples, name))
			)
		);
		const said = (rows = windows!) => rows.map(({ line, cells }) => [line, cells[1], cells[3], cells[6]]);
		expect(said(windows)).toEqual(said(xlsx));
		expect(said(unicode)).toEqual(said(xlsx));
		expect(xlsx!.map(({ cells }) => cells[0])).toEqual([
			'Gastenlijst bruiloft Anna & Ben – versie 3',
			undefined,
			'Gezin',
			...['Familie de Groot', 'Familie de Groot', 'Familie de Groot'],
			...['Oma Riet & Opa Wim', 'Oma Riet & Opa Wim', undefined],
			...['Zoë & Émile', 'Zoë & Émile', 'Søren O’Brien', 'Jan de Vries', 'Jan de Vries']
		]);
		expect(xlsx![3]!.cells.slice(1, 6)).toEqual([
			...['Anneke de Groot', 'anneke.degroot@example.org', '31612345678', 'nee', '1961-03-04']
		]);
		expect(xlsx![11]!.cells[3]).toBe('+4520123456');
	});

	it('has its second sheet, which is asked about', async () => {
		const sheets = await read({ path: join(samples, 'gastenlijst.xlsx') });
		expect(sheets.map(({ name }) => name)).toEqual(['Gastenlijst', 'Adressen']);
	});

	it('keeps the lines of a cell', async () => {
		const rows = await rowsOf(join(samples, 'guests-by-household.csv'));
		expect(rows[1]!.cells.slice(5, 8)).toEqual(['', '12 High St\nBath BA1 5AA', 'Helen: "no shellfish"']);
		expect(rows.at(-1)!.line).toBe(6);
	});
});

describe('a text', () => {
	it.each([
		['with semicolons', 'Naam;E-mail\r\nRiet;r@x.org'],
		['with a mark', '\ufeffNaam,E-mail\nRiet,r@x.org'],
		['that says its separator', 'sep=|\r\nNaam|E-mail\r\nRiet|r@x.org'],
		['with the line ends of an old Mac', 'Naam;E-mail\rRiet;r@x.org\r'],
		['with padded cells', '  Naam ; E-mail  \n Riet ;\u00a0r@x.org '],
		['with quotes', '"Naam";"E-mail"\n"Riet";"r@x.org"'],
		['with empty lines at its end', 'Naam;E-mail;;\nRiet;r@x.org;;\n;;;\n\n']
	])('%s is read', async (_, text) => {
		expect(await cells(text)).toEqual([
			['Naam', 'E-mail'],
			['Riet', 'r@x.org']
		]);
	});

	it('with tabs has commas in its cells, whichever are more', async () => {
		const table = 'Naam\tAdres\nRiet\tStraat 1, 2, 3, Soest, NL\nWim\tStraat 4, 5, 6, Soest, NL\n';
		expect((await cells(table))[1]).toEqual(['Riet', 'Straat 1, 2, 3, Soest, NL']);
		expect((await readHere({ text: table }))[0]!.rows[2]!.cells[0]).toBe('Wim');
	});

	it.each<[string, BufferEncoding | 'utf16be', boolean]>([
		['Windows-1252', 'latin1', false],
		['UTF-16', 'utf16le', true],
		['UTF-16 without a mark', 'utf16le', false],
		['UTF-16 of a Mac', 'utf16be', false]
	])('in %s is read', async (_, encoding, isMarked) => {
		const text = `${isMarked ? '\ufeff' : ''}Naam;E-mail\nZoë;z@x.org`;
		const bytes =
			encoding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, encoding);
		expect((await cells(bytes))[1]![0]).toBe('Zoë');
	});

	it('is what an export wrote: a formula that is none, and a phone', async () => {
		const text = `Naam;Telefoon\n'=1+1;'+31612345678\n'-x;=+31 6 12\n''=x;'t Hart`;
		expect((await cells(text)).slice(1)).toEqual([
			['=1+1', '+31612345678'],
			['-x', '+31 6 12'],
			["'=x", "'t Hart"]
		]);
	});
});

describe('a workbook', () => {
	it.each(['1900', '1904'] as const)('has the day that Excel shows, counted from %s', async (dateSystem) => {
		const day = new Date(Date.UTC(2019, 5, 19));
		const bytes = await writeXlsx({
			dateSystem,
			sheets: [
				{
					name: 'x',
					rows: [
						['Naam', 'Geboren'],
						['Mees', day]
					]
				}
			]
		});
		expect((await cells(bytes))[1]![1]).toBe('2019-06-19');
	});

	it('says of a formula nobody worked out that it is one', async () => {
		const cellsOf = new Map([['1,0', { value: null, formula: 'B1&C1' }]]);
		const bytes = await writeXlsx({
			sheets: [
				{
					name: 'x',
					rows: [
						['Naam', 'b'],
						[null, 'x']
					],
					cells: cellsOf
				}
			]
		});
		expect((await cells(bytes))[1]![0]).toBe(UNCALCULATED);
	});
});

describe('what is no guest list is refused', () => {
	it('by what it is, whatever it is called', async () => {
		const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.alloc(3000, 7)]);
		await expect(readBytes(jpeg)).rejects.toEqual(refused('sheet_not_one'));
		await expect(readBytes('%PDF-1.7\n')).rejects.toEqual(refused('sheet_not_one'));
		await expect(readBytes('PK\x03\x04 nonsense')).rejects.toEqual(refused('sheet_broken'));
		await expect(readBytes(Buffer.from('d0cf11e0a1b11ae1000000', 'hex'))).rejects.toEqual(
			refused('sheet_other')
		);
		await expect(readBytes('\n;;\n')).rejects.toEqual(refused('sheet_empty'));
		await expect(readBytes('Naam;E-mail\n"Riet;r@x.org\nWim;')).rejects.toEqual(refused('sheet_quotes'));
	});

	it('and in a process of its own, which says the same', async () => {
		const path = join(folder, 'none');
		await writeFile(path, '%PDF-1.7');
		await expect(read({ path })).rejects.toEqual(refused('sheet_not_one'));
	});

	it('with a password', async () => {
		const bytes = await writeXlsx({
			sheets: [{ name: 'x', rows: [['Naam']] }],
			encryption: { password: 'x', spinCount: 1 }
		});
		await expect(readBytes(bytes)).rejects.toEqual(refused('sheet_password'));
	});

	it('for its size', async () => {
		const wide = Array.from({ length: 300 }, (_, n) => `c${n}`).join(';');
		await expect(readBytes(`${wide}\n${wide}`)).rejects.toEqual(refused('sheet_columns'));
		await expect(readBytes('Naam\nRiet'.padEnd(8) + '\nx'.repeat(100_000))).rejects.toEqual(
			refused('sheet_rows')
		);
	});

	it('when it would unpack to far more than it is', async () => {
		const zeros = Buffer.alloc(200 * 2 ** 20);
		await expect(readBytes(zip('xl/workbook.xml', zeros))).rejects.toEqual(refused('sheet_unpacks'));
		// one that says it is small: it is not unpacked beyond that
		await expect(readBytes(zip('xl/workbook.xml', zeros, 100))).rejects.toEqual(refused('sheet_broken'));
	});
});
