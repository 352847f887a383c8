/** One row as a spreadsheet numbers it, and its cells as text: a day as 2027-06-12, a number without a format. */
export type Row = { line: number; cells: string[] };

/** A table of a file; one that was pasted, or a CSV, has no name. */
export type Sheet = { name: string; rows: Row[] };

export const LIMIT_BYTES = 8 * 2 ** 20;
export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 100;
export const MOST_SHEETS = 20;

/** Stands for a formula that nobody has worked out yet: the file has no value of it. */
export const UNCALCULATED = '\u{f8ff}';

/** Without the rows and columns around a table that have nothing in them. */
export function trimRows(rows: Row[]): Row[] {
	const trimmed = rows.map(({ line, cells }) => ({
		line,
		cells: cells.slice(0, cells.findLastIndex(Boolean) + 1)
	}));
	return trimmed.slice(0, trimmed.findLastIndex(({ cells }) => cells.length > 0) + 1);
}
