import { z } from 'zod';
import { isWordless, type Words } from '../i18n/words.ts';
import { byLanguage, inSome, requiredByLanguage } from '../i18n/words.schema.ts';
import { id, line, text, tick } from '../kernel/forms/fields.ts';
import { isLocalTime } from '../kernel/text/local-time.ts';
import { mealRows, MOST_MEALS } from './event.ts';

/** What a clock at the wedding shows. */
const localTime = z.string({ error: 'required' }).refine(isLocalTime, 'time');

const link = line(500).refine(
	(typed) => typed === '' || (/^https:\/\//i.test(typed) && URL.canParse(typed)),
	'link'
);

/** A number of guests; an empty field is room for all. */
const capacity = z
	.string()
	.optional()
	.transform((typed) => typed?.trim() || null)
	.pipe(
		z
			.string()
			.regex(/^[1-9]\d{0,4}$/, 'capacity')
			.transform(Number)
			.nullable()
	);

type Kept = { id?: string; isForChildren: boolean; name: Words };

const Meal = z
	.object({ id: id.optional(), isForChildren: tick, ...inSome(line(80)) })
	.transform(({ id, isForChildren, ...name }): Kept => ({ id, isForChildren, name }));

export const EventDetails = z.preprocess(
	(form) => ({ ...(form as object), meals: Object.fromEntries(keptMeals(form)) }),
	z
		.object({
			name: requiredByLanguage(line(80)),
			startsAt: localTime,
			endsAt: z
				.string()
				.optional()
				.transform((typed) => typed || null)
				.pipe(localTime.nullable()),
			place: line(120),
			address: line(200),
			mapUrl: link,
			dressCode: byLanguage(line(120)),
			note: byLanguage(text(1000)),
			capacity,
			meals: z
				.record(z.string(), Meal)
				.transform((rows) => Object.values(rows))
				.refine((meals) => meals.length <= MOST_MEALS, 'meals_many')
		})
		.refine(({ startsAt, endsAt }) => !endsAt || endsAt > startsAt, {
			path: ['endsAt'],
			message: 'ends_before'
		})
);
export type EventDetails = z.output<typeof EventDetails>;

const Asked = z.object({ asked: z.enum(['everybody', 'nobody'], { error: 'choose' }) });
export const NewEvent = z.intersection(EventDetails, Asked);

/** Who is asked to an event at once. */
export const Asking = z
	.object({
		asked: z.enum(['everybody', 'tags', 'nobody'], { error: 'choose' }),
		tags: z
			.record(id, z.string())
			.default({})
			.transform((ticked) => Object.keys(ticked))
	})
	.refine(({ asked, tags }) => asked !== 'tags' || tags.length > 0, {
		path: ['asked'],
		message: 'choose_tags'
	});
export type Asking = z.output<typeof Asking>;

export const Undo = z.object({ changeId: id });

/** A selection of households, and what becomes of it. */
export const Selection = z.object({
	households: z
		.record(id, z.string())
		.default({})
		.transform((ticked) => Object.keys(ticked)),
	isAsked: z.enum(['yes', 'no'], { error: 'invalid' }).transform((said) => said === 'yes')
});

/** The number of answers that whoever removes an event was told would go with it. */
export const Removal = z.object({
	answers: z.coerce.number('invalid').int('invalid').nonnegative('invalid')
});

/** A meal without a name is none: clearing it takes it off the menu. */
function keptMeals(form: unknown) {
	return mealRows(form)
		.map((row, index) => [index, row] as const)
		.filter(([, row]) => !isWordless(row));
}
