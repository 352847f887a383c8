import { z } from 'zod';
import { byLanguage } from '../i18n/words.schema.ts';
import { id, line } from '../kernel/forms/fields.ts';
import { FOCUSES } from './picture.ts';

export const PictureDetails = z.object({
	focus: z.enum(FOCUSES, { error: 'invalid' }),
	alt: byLanguage(line(300))
});
export type PictureDetails = z.output<typeof PictureDetails>;

export const Restored = z.object({ id });
