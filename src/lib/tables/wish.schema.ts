import { z } from 'zod';
import { id, line, requiredLine, tick } from '../kernel/forms/fields.ts';
import { WISHES } from './wish.ts';

export const NewWish = z
	.object({
		kind: z.enum(WISHES, { error: 'choose' }),
		isHard: tick,
		one: requiredLine(120),
		other: line(120),
		table: z
			.string()
			.optional()
			.transform((typed) => typed?.trim() || undefined)
			.pipe(
				z
					.string()
					.regex(/^[1-9]\d{0,2}$/, 'table_number')
					.transform(Number)
					.optional()
			)
	})
	.superRefine(({ kind, other, table }, { addIssue }) => {
		if (kind === 'at' && !table) addIssue({ code: 'custom', path: ['table'], message: 'required' });
		if (kind !== 'at' && !other) addIssue({ code: 'custom', path: ['other'], message: 'required' });
	});
export type NewWish = z.output<typeof NewWish>;

export const WishChosen = z.object({ id });
