import { MOST_COLUMNS, MOST_ROWS, type Row } from './sheet.ts';

/** Why a file is not read, as it leaves the process that looked at it: the code of a Problem and what fills its blanks. */
export class Refusal extends Error {
	readonly code: string;
	readonly params: Record<string, string | number>;

	constructor(code: string, params: Record<string, string | number> = {}) {
		super(code);
		this.code = code;
		this.params = params;
	}
}

/** Throws for a table that is larger than any guest list. */
export function refuseLarge(rows: Row[]): void {
	if (rows.length > MOST_ROWS) throw new Refusal('sheet_rows', { most: MOST_ROWS });
	if (rows.some(({ cells }) => cells.length > MOST_COLUMNS))
		throw new Refusal('sheet_columns', { most: MOST_COLUMNS });
}
