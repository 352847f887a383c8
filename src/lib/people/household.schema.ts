import { z } from 'zod';
import { id, line, optionalEmail, requiredLine, text, tick } from '../kernel/forms/fields.ts';
import { Language } from '../weddings/wedding.schema.ts';
import { isBlank, joinNames, LONGEST_NAME, MOST_GUESTS, MOST_PLUS_ONES, rows } from './household.ts';
import { pickedIds, tagNames } from './tag.schema.ts';

/** `id` is that of a guest who is on the list already. */
export const GuestDetails = z.object({
	id: id.optional(),
	name: requiredLine(80),
	email: optionalEmail,
	isChild: tick
});
export type GuestDetails = { id?: string; name: string; email?: string | null; isChild?: boolean };

/** What may be missing from a form; what is, stays as it was. */
const More = {
	...{ address: text(400).optional(), phone: line(40).optional(), note: text(2000).optional() },
	/** those that are picked count only together with these */
	...{ tags: tagNames.optional(), picked: pickedIds }
};

const Details = z.object({
	name: line(LONGEST_NAME),
	language: Language,
	...More,
	plusOnes: z
		.string()
		.regex(/^\s*\d{0,2}\s*$/, 'plus_ones')
		.transform(Number)
		.refine((count) => count <= MOST_PLUS_ONES, 'plus_ones')
		.optional(),
	guests: z
		.record(z.string(), GuestDetails)
		.transform((rows): GuestDetails[] => Object.values(rows))
		.refine((guests) => guests.length <= MOST_GUESTS, 'guests_many'),
	removed: z.array(id)
});

/*
 * What a form says: guests by number, of whom blank rows mean nothing and a ticked `remove` takes one away. `id` was
 * given to the page of a new household, so that a form that is sent twice is one; `version` is of what a page showed.
 */
export const NewHousehold = z.preprocess(
	sortRows,
	Details.extend({ id }).superRefine(requireGuests).transform(fillName)
);
export const ChangedHousehold = z.preprocess(
	sortRows,
	Details.extend({ version: z.string({ error: 'required' }) })
		.superRefine(requireGuests)
		.transform(fillName)
);

export type HouseholdDetails = {
	name: string;
	language: string;
	address?: string;
	phone?: string;
	note?: string;
	/** names of groups, and ids of others; without names neither changes */
	tags?: string[];
	picked?: string[];
	/** how many more they may bring; where it is not said, as many as before */
	plusOnes?: number;
	guests: GuestDetails[];
	/** ids of guests who are not coming any more */
	removed?: string[];
};

function sortRows(form: unknown): unknown {
	const all = rows(form);
	const kept = all.filter(([, row]) => !row.remove && !isBlank(row));
	const removed = all.filter(([, row]) => row.remove && row.id).map(([, row]) => row.id);
	return { ...(form as object), guests: Object.fromEntries(kept), removed };
}

function requireGuests({ guests, removed }: z.output<typeof Details>, { addIssue }: z.RefinementCtx): void {
	// where one of them has a mistake they are no list yet
	if (Object.keys(guests).length) return;
	addIssue(
		removed.length
			? { code: 'custom', path: ['guests'], message: 'guests_none' }
			: { code: 'custom', path: ['guests', 0, 'name'], message: 'guests_first' }
	);
}

function fillName<Form extends HouseholdDetails>(form: Form): Form {
	return { ...form, name: form.name || joinNames(form) };
}
