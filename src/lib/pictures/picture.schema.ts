import { z } from 'zod';
import { byLanguage } from '../i18n/words.schema.ts';
import { id, line } from '../kernel/forms/fields.ts';
import { FOCUSES, MOST_ALT } from './picture.ts';

export const PictureDetails = z.object({
	focus: z.enum(FOCUSES, { error: 'invalid' }),
	alt: byLanguage(line(MOST_ALT))
});
export type PictureDetails = z.output<typeof PictureDetails>;

export const Restored = z.object({ id });

export const PictureChosen = z.object({ picture: id });
export const PictureWords = z.object({ picture: id, alt: PictureDetails.shape.alt });
export const PictureMove = z.object({ picture: id, direction: z.enum(['up', 'down'], { error: 'invalid' }) });
