import { ReadableStream } from 'node:stream/web';
import { writeXlsxStream } from 'hucre/xlsx';
import { contentDisposition } from '../kernel/files/file-names.ts';
import { csvLine, MARK } from '../kernel/text/csv.ts';
import type { Form, Spreadsheet, Value } from './export.ts';

const TYPES = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** A table as it is read from the database, row by row, to be saved. */
export function save(sheet: Spreadsheet, form: Form, language: string): Response {
	const headers = {
		'content-type': TYPES[form],
		'content-disposition': contentDisposition('attachment', `${sheet.name}.${form}`),
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff'
	};
	const body = form === 'csv' ? writeCsv(sheet, language) : writeXlsx(sheet);
	return new Response(body as BodyInit, { headers });
}

/** So much text at once costs less than a piece for each row. */
const BLOCK = 32_000;

function writeCsv({ columns, rows }: Spreadsheet, language: string) {
	// what Excel expects where it writes 1,5 and where it writes 1.5
	const separator = new Intl.NumberFormat(language).format(1.5) === '1.5' ? ',' : ';';
	const head = columns.map(({ header }) => header());
	const plain = (value: Value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
	async function* write() {
		let text = MARK + csvLine(head, separator);
		for await (const row of rows) {
			text += csvLine(row.map(plain), separator);
			if (text.length < BLOCK) continue;
			yield Buffer.from(text);
			text = '';
		}
		yield Buffer.from(text);
	}
	return ReadableStream.from(write());
}

function writeXlsx({ name, rows, ...sheet }: Spreadsheet) {
	const columns = sheet.columns.map(({ header, width }) => ({ header: header(), width }));
	return writeXlsxStream(rows, { name: nameTab(name), columns, freezePane: { rows: 1 } });
}

/** As Excel takes it. */
const nameTab = (name: string) => name.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31);
