import { z } from 'zod';
import { id, line } from '../kernel/forms/fields.ts';
import { fold } from '../kernel/text/fold.ts';

const LONGEST_NAME = 40;
const MOST_AT_ONCE = 12;

/** Without letters or digits it would be the same as any other without. */
const isNamed = (name: string) => fold(name) !== '';

const name = line(LONGEST_NAME).pipe(
	z.string().min(1, { error: 'required', abort: true }).refine(isNamed, 'tag_letters')
);

/** "Family, Work": some of them may be there already. */
export const tagNames = line(500)
	.transform((typed) =>
		typed
			.split(/[,;]/)
			.map((part) => part.trim())
			.filter(Boolean)
	)
	.refine((names) => names.every((one) => one.length <= LONGEST_NAME), 'tag_long')
	.refine((names) => names.every(isNamed), 'tag_letters')
	.refine((names) => names.length <= MOST_AT_ONCE, 'tags_many');

/** The ids of boxes that are ticked. */
export const pickedIds = z
	.record(id, z.string())
	.default({})
	.transform((ticked) => Object.keys(ticked));

/** One that is typed where others can be picked; nothing is none. */
export const newTag = line(LONGEST_NAME)
	.refine((typed) => !typed || isNamed(typed), 'tag_letters')
	.optional()
	.transform((typed) => typed || undefined);

export const TagName = z.object({ tagId: id, name });
export const TagMerge = z.object({ tagId: id, into: id });
export const TagChosen = z.object({ tagId: id });
export const TagRemoved = z.object({ entryId: id });
