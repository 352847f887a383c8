import { z } from 'zod';
import { id } from '../kernel/db/archived.ts';
import { MOST_AT_ONCE } from './phone.ts';

const fact = {
	...{
		id,
		eventId: id,
		kind: z.enum(['in', 'out', 'undo']),
		guestId: id.nullable(),
		walkInId: id.nullable()
	},
	...{ walkInName: z.string().trim().max(120), undoesId: id.nullable(), at: z.int().positive() }
};

/** What a phone at the entrance sends: what it noted since it was last heard, and its clock. */
export const Report = z.object({
	/** in milliseconds since 1970, as the phone has it now */
	now: z.int().positive(),
	/** the last that it has heard of, as it was told; '0' for one that knows nothing yet */
	after: z.string().regex(/^\d{1,9}$/),
	arrivals: z
		.array(
			z
				.object(fact)
				.refine(({ kind, undoesId }) => (kind === 'undo') === (undoesId !== null))
				.refine(
					({ kind, guestId, walkInId }) => kind === 'undo' || (guestId === null) !== (walkInId === null)
				)
		)
		.max(MOST_AT_ONCE)
});
export type Report = z.output<typeof Report>;
