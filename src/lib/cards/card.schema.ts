import { z } from 'zod';
import { byLanguage } from '../i18n/words.schema.ts';
import { text } from '../kernel/forms/fields.ts';

/** As much as finds room on the smallest card. */
export const LONGEST_LINE = 160;

export const CardLine = z.object({ line: byLanguage(text(LONGEST_LINE)) });
export type CardLine = z.output<typeof CardLine>;
