import { z } from 'zod';
import { id, tick } from '../kernel/forms/fields.ts';
import { MOST_SEATS } from './room.ts';

const ticked = z
	.record(id, z.string())
	.default({})
	.transform((boxes) => Object.keys(boxes));

/** Nothing is the first one that is free. */
const number = z
	.string()
	.optional()
	.transform((typed) => typed?.trim() || undefined)
	.pipe(
		z
			.string()
			.regex(/^\d{1,2}$/, { error: 'table_seats', abort: true })
			.transform(Number)
			.refine((seat) => seat >= 1 && seat <= MOST_SEATS, 'table_seats')
			.optional()
	);

export const ToSeat = z.object({ guests: ticked, households: ticked, tableId: id, number });
export type ToSeat = z.output<typeof ToSeat>;

/** Where somebody sat when the form was made. */
const from = z.string().regex(/^[\da-f-]{36}\.\d{1,2}$/i, 'invalid');

export const ToMove = z.object({ guestId: id, from, tableId: id, number, together: tick });
export type ToMove = z.output<typeof ToMove>;
export const ToSwap = z.object({ guestId: id, from, otherId: id });
export type ToSwap = z.output<typeof ToSwap>;
export const ToFree = z.object({ guestId: id, from });
export const ToLock = z.object({ guestId: id, isLocked: z.enum(['yes', 'no'], { error: 'invalid' }) });
export const Needs = z.object({ guestId: id, highChair: tick, wheelchair: tick });
export type Needs = z.output<typeof Needs>;
export const ChangeChosen = z.object({ changeId: id });
export const Nothing = z.object({});
