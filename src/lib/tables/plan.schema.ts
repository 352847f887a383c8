import { z } from 'zod';
import { id, line, requiredLine, tick } from '../kernel/forms/fields.ts';
import { FIXTURES, MOST_SEATS, normalise, SHAPES } from './room.ts';

/** A whole number from `least` to `most`; `code` says which when it is another. */
function whole(least: number, most: number, code: string) {
	return z
		.string({ error: code })
		.transform((typed) => typed.trim())
		.pipe(
			z
				.string()
				.regex(/^-?\d{1,6}$/, { error: code, abort: true })
				.transform(Number)
				.refine((number) => number >= least && number <= most, code)
		);
}

const centimetres = whole(100, 10_000, 'room_size');
const place = whole(-10_000, 20_000, 'room_place');
const rotation = whole(-3600, 3600, 'room_turn').transform(normalise);
const seats = whole(1, MOST_SEATS, 'table_seats');
const shape = z.enum(SHAPES, { error: 'choose' });

export const PlanDetails = z.object({ name: requiredLine(60), width: centimetres, height: centimetres });
export type PlanDetails = z.output<typeof PlanDetails>;
export const NewPlan = PlanDetails.extend({ eventId: id });
export const PlanCopy = z.object({ id, name: requiredLine(60) });
export const PlanChosen = z.object({ id });

export const NewTables = z.object({ shape, seats, count: whole(1, 60, 'table_count') });
export type NewTables = z.output<typeof NewTables>;

export const TablePlace = z.object({ id, x: place, y: place, rotation, isLocked: tick });
export type TablePlace = z.output<typeof TablePlace>;

export const TableDetails = z.object({
	...{ number: whole(1, 999, 'table_number'), name: line(60), shape, seats },
	...{ x: place, y: place, rotation, isLocked: tick, letStand: tick }
});
export type TableDetails = z.output<typeof TableDetails>;
export const TableRemoval = z.object({ letStand: tick });

const size = whole(1, 10_000, 'room_place');
export const FixtureDetails = z.object({
	...{ kind: z.enum(FIXTURES, { error: 'choose' }), name: line(60) },
	...{ x: place, y: place, width: size, height: size, rotation }
});
export type FixtureDetails = z.output<typeof FixtureDetails>;
export const FixtureEdit = FixtureDetails.extend({ id });
export const FixtureChosen = z.object({ id });
