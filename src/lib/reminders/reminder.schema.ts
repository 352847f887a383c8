import { z } from 'zod';
import { id } from '../kernel/forms/fields.ts';

const MOST_DAYS = 90;

export const NewReminder = z.object({
	daysBefore: z.coerce
		.number('reminder_days')
		.int('reminder_days')
		.min(0, 'reminder_days')
		.max(MOST_DAYS, 'reminder_days'),
	time: z.string({ error: 'required' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'reminder_time')
});
export type NewReminder = z.output<typeof NewReminder>;

export const ReminderChosen = z.object({ id });

export const Called = z.object({ id, isCalled: z.enum(['yes', 'no'], 'invalid') });
