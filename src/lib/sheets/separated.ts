import Papa from 'papaparse';
import { findHeader } from './headers.ts';
import { Refusal, refuseLarge } from './refusal.ts';
import { type Row, type Sheet, trimRows } from './sheet.ts';

const SEPARATORS = [';', ',', '\t', '|'];
/** As many lines as a header may stand below, and some of the table. */
const LOOKED_AT = 40;

/** A CSV, or what was copied from a spreadsheet. */
export function readSeparated(text: string): Sheet {
	const lines = text.replace(/\r\n?/g, '\n');
	const [first, said] = /^"?sep=(.)"?[;,\t|]*\n/i.exec(lines) ?? [''];
	const body = lines.slice(first!.length);
	const separator = said ?? findSeparator(body);
	const { data, errors } = parse(body, separator);
	const open = errors.find(({ code }) => code === 'MissingQuotes');
	if (open) throw new Refusal('sheet_quotes', { line: (open.row ?? 0) + 1 });
	const rows = trimRows(toRows(data));
	refuseLarge(rows);
	return { name: '', rows };
}

/** Whichever makes a header of the first lines; where none does, or several do, the one that makes the most cells. */
function findSeparator(text: string): string {
	const ranked = SEPARATORS.map((separator) => {
		const rows = toRows(parse(text, separator, LOOKED_AT).data);
		const known = findHeader(rows)?.known ?? 0;
		return { separator, known, cells: Math.max(0, ...rows.map(({ cells }) => cells.length)) };
	});
	return ranked.sort((one, other) => other.known - one.known || other.cells - one.cells)[0]!.separator;
}

function parse(text: string, delimiter: string, preview = 0) {
	return Papa.parse<string[]>(text, { delimiter, preview, newline: '\n', skipEmptyLines: false });
}

function toRows(data: string[][]): Row[] {
	return data.map((cells, at) => ({ line: at + 1, cells: cells.map(readCell) }));
}

/** Without the sign that keeps a text from being a formula: Excel's own `=+31…`, and the `'` that an export writes. */
function readCell(cell: string): string {
	return cell
		.trim()
		.replace(/^=(?=\+[\d\s().-]+$)/, '')
		.replace(/^'(?='*[=+\-@\t\r])/, '');
}
