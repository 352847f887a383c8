type Cell = string | number | null;

/** Tells a spreadsheet that it is UTF-8. */
export const MARK = '\ufeff';

/**
 * A table as Excel opens it with a double click: UTF-8 that says so, and semicolons (RFC 4180 for the rest). Text that a
 * spreadsheet would take for a formula stays text.
 */
export function csv(rows: Cell[][]): string {
	return MARK + rows.map((row) => csvLine(row, ';')).join('');
}

/** One row of it, with its line end. */
export function csvLine(row: Cell[], separator: ';' | ','): string {
	return `${row.map((cell) => writeCell(cell, separator)).join(separator)}\r\n`;
}

function writeCell(value: Cell, separator: string): string {
	if (typeof value === 'number') return String(value);
	// one that begins with the sign for it gets another: whoever takes one away has what was there
	const text = (value ?? '').replaceAll('\0', '').replace(/^'*[=+\-@\t\r]/, "'$&");
	return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}
