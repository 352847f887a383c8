import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Column = {
	name: string;
	/** `String`, `DateTime`, the name of an enum … */
	type: string;
	/** as it is written: `false`, `0`, `"/"`, `dbgenerated(…)` */
	default: string | undefined;
};

export type Model = {
	name: string;
	/** its table */
	table: string;
	columns: Column[];
	/** columns that name a row of another model, or of the same */
	refersTo: { column: string; model: string }[];
};

export const schema = readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');

/** What prisma/schema.prisma says, or a text like it, in its order. */
export function models(text = schema): Model[] {
	const found = [...text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
	const names = new Set(found.map(([, name]) => name!));
	return found.map(([, name, body]) => {
		const fields = [...body!.matchAll(/^\t(\w+)\s+(\w+)[?[\]]*(.*)$/gm)];
		return {
			name: name!,
			table: /@@map\("(\w+)"\)/.exec(body!)?.[1] ?? name!,
			columns: fields
				.filter(([, , type]) => !names.has(type!))
				.map(([, name, type, more]) => ({
					name: name!,
					type: type!,
					default: /@default\((.*?)\)(?= |$)/.exec(more!)?.[1]
				})),
			refersTo: fields.flatMap(([, , model, more]) => {
				const column = /@relation\(.*fields: \[(\w+)\]/.exec(more!)?.[1];
				return column ? { column, model: model! } : [];
			})
		};
	});
}

/** Those that hold something of one wedding, and who may see it. */
export const ofWeddings = (text = schema) =>
	models(text).filter(
		({ name, columns }) =>
			['Wedding', 'Account'].includes(name) || columns.some(({ name }) => name === 'weddingId')
	);
