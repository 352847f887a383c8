import { z } from 'zod';
import { id } from '../kernel/forms/fields.ts';

export const CardChosen = z.object({ id });

/** Those whose cards the page showed, with blanks between them: others may have joined the list meanwhile. */
export const CardsChosen = z.object({
	ids: z
		.string()
		.transform((text) => text.split(' '))
		.pipe(z.array(id).min(1).max(10_000))
});

/** The moment at which they were given. */
export const CardsGiven = z.object({ at: z.iso.datetime().transform((text) => new Date(text)) });
