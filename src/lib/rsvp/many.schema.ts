import { z } from 'zod';
import { id, line, tick } from '../kernel/forms/fields.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { newTag } from '../people/tag.schema.ts';
import { ACTS } from './many.ts';

/** What is done to many guests of the table: to those that are ticked, or to all that it shows. */
export const Many = z.object({
	act: z.enum(ACTS, { error: 'invalid' }),
	event: id.optional(),
	tag: id.optional(),
	/** by its name, also of a group that is there already; before `tag` */
	newTag,
	language: z.enum(LANGUAGES, { error: 'invalid' }).optional(),
	all: tick,
	/** the words that were looked for when the button was pressed */
	q: line(200).default(''),
	guests: z.record(id, z.string()).default({})
});
export type Many = z.output<typeof Many>;
