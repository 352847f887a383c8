import { z } from 'zod';
import { isWordless } from '../i18n/words.ts';
import { firstAsked, inSome, requiredByLanguage } from '../i18n/words.schema.ts';
import { id, line, text } from '../kernel/forms/fields.ts';
import { choiceRows, hasChoices, KINDS, MOST_CHOICES, SCOPES } from './question.ts';

const LARGEST = 1_000_000;

const number = line(12).transform((typed, { addIssue }) => {
	const value = Number(typed.replace(',', '.'));
	if (/^(-?\d+([.,]\d{1,3})?)?$/.test(typed) && Math.abs(value) <= LARGEST) return typed ? value : undefined;
	addIssue({ code: 'custom', message: 'number' });
	return z.NEVER;
});

/** The answers to one question, by its kind; empty is none. */
const words = text(500).transform((typed) => typed || undefined);
const chosen = z.union([z.literal(''), id]).transform((typed) => typed || undefined);
const several = z
	// `none` is sent along always: a page on which nothing is ticked says so
	.record(z.union([z.literal('none'), id]), z.string())
	.transform((ticked) => Object.keys(ticked).filter((name) => name !== 'none'))
	.transform((chosen) => (chosen.length > 0 ? chosen : undefined));
const agreed = z
	.enum(['', 'true', 'false'], { error: 'invalid' })
	.transform((typed) => (typed ? typed === 'true' : undefined));

/** What somebody says to the couple's questions who is not on the list yet, by question. */
export const SaidByOne = z.object({
	texts: z.record(id, words).default({}),
	numbers: z.record(id, number).default({}),
	chosen: z.record(id, chosen).default({}),
	several: z.record(id, several).default({}),
	agreed: z.record(id, agreed).default({})
});
export type SaidByOne = z.output<typeof SaidByOne>;

const byOwner = <Schema extends z.ZodType>(schema: Schema) => z.record(id, z.record(id, schema)).default({});

/** What a household says to them, by question and then by guest or household. */
export const Said = z.object({
	texts: byOwner(words),
	numbers: byOwner(number),
	chosen: byOwner(chosen),
	several: byOwner(several),
	agreed: byOwner(agreed)
});
export type Said = z.output<typeof Said>;

const Choice = z
	.object({ id: id.optional(), ...inSome(line(80)) })
	.transform(({ id, ...name }) => ({ id, name }));

/** A question on the couple's page. */
export const QuestionDetails = z.preprocess(
	(form) => ({ ...(form as object), choices: Object.fromEntries(keptChoices(form)) }),
	z
		.object({
			text: requiredByLanguage(line(200)),
			kind: z.enum(KINDS, { error: 'choose' }),
			scope: z.enum(SCOPES, { error: 'choose' }),
			eventId: z
				.union([z.literal(''), id], { error: 'invalid' })
				.optional()
				.transform((typed) => typed || null),
			choices: z
				.record(z.string(), Choice)
				.transform((rows) => Object.values(rows))
				.refine((choices) => choices.length <= MOST_CHOICES, 'choices_many')
		})
		.transform((details) => ({ ...details, choices: hasChoices(details.kind) ? details.choices : [] }))
		.superRefine(({ kind, choices, text }, { addIssue }) => {
			if (!hasChoices(kind) || choices.length > 1) return;
			addIssue({ code: 'custom', path: ['choices', 0, firstAsked(text)], message: 'choices_few' });
		})
);
export type QuestionDetails = z.output<typeof QuestionDetails>;

export const Move = z.object({ id, direction: z.enum(['up', 'down'], { error: 'invalid' }) });

function keptChoices(form: unknown) {
	return choiceRows(form)
		.map((row, index) => [index, row] as const)
		.filter(([, row]) => !isWordless(row));
}
