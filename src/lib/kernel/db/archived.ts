import { z } from 'zod';

/* What the schemas of an archive are made of. */

export const id = z.guid().transform((text) => text.toLowerCase());
export const at = z.iso.datetime().transform((text) => new Date(text));
export const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
