import { z } from 'zod';
import { text } from '../kernel/forms/fields.ts';

/** As much as finds room on the smallest card. */
export const LONGEST_LINE = 160;

export const CardLine = z.object({ line: z.object({ en: text(LONGEST_LINE), nl: text(LONGEST_LINE) }) });
export type CardLine = z.output<typeof CardLine>;
