import { z } from 'zod';
import { id } from '../kernel/forms/fields.ts';

/** Cells as they are copied: with tabs between them. */
export const Pasted = z.object({ text: z.string({ error: 'required' }).min(1, 'required') });
/** Which preview was seen. */
export const Seen = z.object({ version: z.string({ error: 'required' }) });
export const Undone = z.object({ id });
