import { email, line, requiredLine, text } from '../kernel/forms/fields.ts';
import { tagNames } from '../people/tag.schema.ts';

/** What a cell may be, as the form of a household has it: the same limits, and the same sentences. */
const CELLS = {
	name: requiredLine(80),
	household: line(80),
	email,
	phone: line(40),
	address: text(400),
	note: text(2000),
	diet: text(500),
	tags: tagNames
};

/** The value of a cell, or the code of what is wrong with it. */
export function parseCell<Kind extends keyof typeof CELLS>(kind: Kind, cell: string) {
	const { data, error } = CELLS[kind].safeParse(cell);
	type Value = Kind extends 'tags' ? string[] : string;
	return { value: data as Value | undefined, code: error?.issues[0]?.message };
}
