import { type Cell, type CellValue, readXlsx, type Sheet as Read } from 'hucre/xlsx';
import { fromBuffer, type ZipFile } from 'yauzl';
import { Refusal, refuseLarge } from './refusal.ts';
import { MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, type Sheet, trimRows, UNCALCULATED } from './sheet.ts';

/*
 * All that reads XLSX, so that the library can be another one. It unpacks no entry beyond the size that the archive
 * declares for it: so what those are together is looked at before.
 */

/** Nine thousand rows of eight columns are 4.6 MB; the largest that is taken costs 140 MB to read, a process and all. */
const MOST_UNPACKED = 8 * 2 ** 20;
const MOST_ENTRIES = 500;

export async function readWorkbook(bytes: Buffer): Promise<Sheet[]> {
	await refuseBomb(bytes);
	const { sheets } = await readXlsx(bytes, {
		maxRows: MOST_ROWS + 1,
		sheets: ({ hidden, veryHidden }, index) => !hidden && !veryHidden && index < MOST_SHEETS
	}).catch(() => {
		throw new Refusal('sheet_broken');
	});
	return sheets.map(toSheet).filter(({ rows }) => rows.length > 0);
}

/** Throws for an archive that would unpack to more than any guest list, and for one that is none. */
async function refuseBomb(bytes: Buffer): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const broken = () => reject(new Refusal('sheet_broken'));
	fromBuffer(bytes, { lazyEntries: true }, (error: Error | null, zip?: ZipFile) => {
		if (error || !zip) return broken();
		let unpacked = 0;
		const names = new Set<string>();
		zip.on('error', broken);
		zip.on('end', () => (names.has('xl/workbook.xml') ? resolve() : reject(new Refusal('sheet_other'))));
		zip.on('entry', (entry) => {
			names.add(entry.fileName);
			unpacked += entry.uncompressedSize;
			if (unpacked > MOST_UNPACKED || zip.entryCount > MOST_ENTRIES)
				return reject(new Refusal('sheet_unpacks'));
			zip.readEntry();
		});
		zip.readEntry();
	});
	await promise;
}

function toSheet({ name, rows, cells, merges = [] }: Read): Sheet {
	const texts = rows.map((row, at) => ({
		line: at + 1,
		cells: Array.from(row.slice(0, MOST_COLUMNS + 1), (value, column) =>
			write(value, cells?.get(`${at},${column}`))
		)
	}));
	// what is merged downwards is of all its rows: a household beside its guests
	for (const { startRow, startCol, endRow } of merges)
		for (let row = startRow + 1; row <= Math.min(endRow, texts.length - 1); row++)
			if (startCol <= MOST_COLUMNS) texts[row]!.cells[startCol] ||= texts[startRow]!.cells[startCol] ?? '';
	for (const { cells } of texts) for (let at = 0; at < cells.length; at++) cells[at] ??= '';
	const trimmed = trimRows(texts);
	refuseLarge(trimmed);
	return { name, rows: trimmed };
}

/** As text; a phone that a spreadsheet took for a formula is what was typed. */
function write(value: CellValue, cell?: Cell): string {
	const phone = /^=?(\+[\d\s().-]+)$/.exec(cell?.formula ?? '')?.[1];
	if (phone) return phone;
	if (value === null || value === undefined) return cell?.formula ? UNCALCULATED : '';
	if (value instanceof Date) return Number.isNaN(+value) ? '' : value.toISOString().slice(0, 10);
	return String(value)
		.trim()
		.replace(/^=(?=\+[\d\s().-]+$)/, '');
}
