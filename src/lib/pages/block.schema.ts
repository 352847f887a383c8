import { z } from 'zod';
import { byLanguage, firstAsked, requiredByLanguage } from '../i18n/words.schema.ts';
import { id, line, text } from '../kernel/forms/fields.ts';
import { pickedIds } from '../people/tag.schema.ts';
import { shownFields } from '../people/shown.schema.ts';
import { isUntitled, KINDS, MOST_BLOCKS } from './block.ts';

const details = {
	kind: z.enum(KINDS, { error: 'choose' }),
	title: byLanguage(line(120)),
	text: requiredByLanguage(text(6000)),
	...shownFields
};

const Details = z.object(details);

const refuseUntitled = (block: z.output<typeof Details>, { addIssue }: z.RefinementCtx<unknown>) => {
	if (!isUntitled(block)) return;
	addIssue({ code: 'custom', path: ['title', firstAsked(block.text)], message: 'required' });
};

export const BlockDetails = Details.superRefine(refuseUntitled);
export type BlockDetails = z.output<typeof BlockDetails>;

/** One that comes back to the place where it stood. */
export const RemovedBlock = z
	.object({
		...details,
		position: z.coerce.number('invalid').int('invalid').min(0).max(MOST_BLOCKS),
		pictures: pickedIds
	})
	.superRefine(refuseUntitled);

export const BlockChosen = z.object({ id });
export const BlockMove = z.object({ id, direction: z.enum(['up', 'down'], { error: 'invalid' }) });
export const BlockSwitch = z.object({ id, isHidden: z.enum(['yes', 'no'], { error: 'invalid' }) });
