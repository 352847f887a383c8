import { ReadableStream } from 'node:stream/web';
import { writeXlsxStream } from 'hucre/xlsx';
import { contentDisposition } from '../kernel/files/file-names.ts';
import { csvLine, MARK } from '../kernel/text/csv.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { COLUMNS, type Export, exportName, RIGHTS, type Value } from './export.ts';
import { listRows, type Reader } from './export-rows.server.ts';

export type Form = 'csv' | 'xlsx';

const TYPES = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** A table as it is read from the database, row by row, to be saved. */
export function answer(viewer: Viewer, kind: Export, form: Form, reader: Reader): Response {
	permit(viewer, RIGHTS[kind]);
	const headers = {
		'content-type': TYPES[form],
		'content-disposition': contentDisposition('attachment', `${exportName[kind]()}.${form}`),
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff'
	};
	const rows = listRows(viewer, kind, reader);
	const body = form === 'csv' ? writeCsv(kind, rows, reader.language) : writeXlsx(kind, rows);
	return new Response(body as BodyInit, { headers });
}

/** So much text at once costs less than a piece for each row. */
const BLOCK = 32_000;

function writeCsv(kind: Export, rows: AsyncIterable<Value[]>, language: string) {
	// what Excel expects where it writes 1,5 and where it writes 1.5
	const separator = new Intl.NumberFormat(language).format(1.5) === '1.5' ? ',' : ';';
	const head = COLUMNS[kind].map(({ header }) => header());
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

function writeXlsx(kind: Export, rows: AsyncIterable<Value[]>) {
	const columns = COLUMNS[kind].map(({ header, width }) => ({ header: header(), width }));
	return writeXlsxStream(rows, { name: exportName[kind]().slice(0, 31), columns, freezePane: { rows: 1 } });
}
