import { type Field, FIELDS, findHeader, isPlural, recognise } from './headers.ts';
import { splitNames } from './names.ts';
import type { Sheet } from './sheet.ts';

/** What a table means: what each of its columns holds, and whether a row is one guest or a whole household. */
export type Mapping = { columns: (Field | undefined)[]; shape: 'guest' | 'household' };
export type Column = { name: string; field: Field | undefined };

/** Guessed from the header; of two columns that could be the same the first is. Undefined without a header. */
export function guess(sheet: Sheet): { header: number; names: string[]; mapping: Mapping } | undefined {
	const found = findHeader(sheet.rows);
	if (!found) return undefined;
	const names = sheet.rows[found.at]!.cells;
	const body = sheet.rows.slice(found.at + 1);
	const columns = settle(names.map(recognise));
	const name = columns.indexOf('name');
	const several = body.filter(({ cells }) => splitNames(cells[name] ?? '').length > 1).length;
	// what the site itself wrote has a number, and a guest in each row
	const isHousehold =
		name >= 0 && !columns.includes('number') && (isPlural(names[name]!) || several > body.length / 3);
	const shape = isHousehold ? 'household' : 'guest';
	return { header: found.at, names, mapping: { columns, shape } };
}

/** One column a field, and no day of birth where somebody says who is a child. */
function settle(columns: Mapping['columns']): Mapping['columns'] {
	// a name in two parts, of which one column is called a name
	const [hasFirst, hasLast] = [columns.includes('firstName'), columns.includes('lastName')];
	const part = hasFirst && !hasLast ? 'lastName' : hasLast && !hasFirst ? 'firstName' : 'name';
	const named = columns.map((field) => (field === 'name' ? part : field));
	const once = named.map((field, at) => (field && named.indexOf(field) === at ? field : undefined));
	const has = (field: Field) => once.includes(field);
	return once.map((field) => (field === 'born' && (has('child') || has('age')) ? undefined : field));
}

/** As the address of a page has it: `c0=name&c1=` …; undefined where it says nothing about columns. */
export function readMapping(asked: URLSearchParams, count: number): Mapping | undefined {
	if (!asked.has('shape')) return undefined;
	const fields = Array.from({ length: count }, (_, at) => FIELDS.find((one) => one === asked.get(`c${at}`)));
	return { columns: fields, shape: asked.get('shape') === 'household' ? 'household' : 'guest' };
}

/** Fields that two columns were given, by hand. */
export function findDoubled({ columns }: Mapping): Field | undefined {
	return columns.find((field, at) => field && columns.indexOf(field) !== at);
}
