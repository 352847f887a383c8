import { z } from 'zod';
import { email } from '../kernel/forms/fields.ts';

/** The address that mail did not reach, and the one that was meant. */
export const Correction = z.object({ before: z.string({ error: 'required' }).max(254), email });
export type Correction = z.output<typeof Correction>;
