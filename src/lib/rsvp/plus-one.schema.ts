import { z } from 'zod';
import { id, line, text, tick } from '../kernel/forms/fields.ts';
import { SaidByOne } from './question.schema.ts';

/** Somebody who comes along; a row without a name is nobody. */
const PlusOne = z.object({
	name: line(80).default(''),
	/** who is not coming along after all */
	remove: tick,
	/** whom they come with */
	host: id.optional(),
	states: z.record(id, z.enum(['yes', 'no'], { error: 'invalid' })).default({}),
	meals: z
		.record(
			id,
			z.union([z.literal(''), id]).transform((typed) => typed || undefined)
		)
		.default({}),
	diet: text(500).default(''),
	...SaidByOne.shape
});

/** By the ids of those whom a household has brought already, and by number for new ones. */
export const PlusOnes = z
	.record(z.union([id, z.string().regex(/^\d{1,2}$/)]), PlusOne)
	.default({})
	.superRefine((rows, { addIssue }) => {
		for (const [key, { name, remove }] of Object.entries(rows))
			if (key.length > 2 && !name && !remove)
				addIssue({ code: 'custom', path: [key, 'name'], message: 'required' });
	});
export type PlusOnes = z.output<typeof PlusOnes>;
