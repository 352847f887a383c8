/**
 * A table as Excel opens it with a double click: UTF-8 that says so, and semicolons (RFC 4180 for the rest). Text that a
 * spreadsheet would take for a formula stays text.
 */
export function csv(rows: (string | number | null)[][]): string {
	return `\ufeff${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`;
}

function cell(value: string | number | null): string {
	if (typeof value === 'number') return String(value);
	const text = (value ?? '').replaceAll('\0', '').replace(/^[=+\-@\t\r]/, "'$&");
	return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
