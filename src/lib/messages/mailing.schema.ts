import { z } from 'zod';
import { LANGUAGES } from '../i18n/languages.ts';
import { id, line, text } from '../kernel/forms/fields.ts';
import { isLocalTime } from '../kernel/text/local-time.ts';
import { SAID } from './audience.ts';
import { LONGEST_LINE, LONGEST_SUBJECT, LONGEST_TEXT } from './mailing.ts';
import { findUnknown, store } from './placeholder.ts';

/** Of the languages that the page asks; those that it does not stay as they are. */
const byLanguage = (schema: z.ZodType<string>) =>
	z
		.object(Object.fromEntries(LANGUAGES.map((language) => [language, schema.optional()])))
		.default({})
		.transform((words) => words as Partial<Record<string, string>>);

/** What is not known would stand in every email as it was typed. */
const withPlaceholders = (schema: z.ZodType<string>) =>
	schema.transform(store).superRefine((stored, { addIssue }) => {
		const placeholder = findUnknown(stored);
		if (placeholder) addIssue({ code: 'custom', message: 'placeholder', params: { placeholder } });
	});

export const MailingWords = z.object({
	/** of what the page showed; none for one that is new */
	version: z.string().default(''),
	subject: byLanguage(withPlaceholders(line(LONGEST_SUBJECT))),
	text: byLanguage(withPlaceholders(text(LONGEST_TEXT)))
});
export type MailingWords = z.output<typeof MailingWords>;

export const NewMailing = MailingWords.extend({ id });

const ticked = z
	.record(id, z.string())
	.default({})
	.transform((boxes) => Object.keys(boxes));

/** Whom it is for: of the parts of the form only that which is chosen counts. */
export const AudienceChoice = z
	.object({
		to: z.enum(['everybody', 'uninvited', 'asked', 'tags', 'chosen'], { error: 'choose' }),
		event: z.union([z.literal(''), id]).default(''),
		said: z.enum(['', ...SAID], { error: 'invalid' }).default(''),
		tags: ticked,
		households: ticked
	})
	.superRefine(({ to, tags, households }, { addIssue }) => {
		if (to === 'tags' && tags.length === 0)
			addIssue({ code: 'custom', path: ['to'], message: 'choose_tags' });
		if (to === 'chosen' && households.length === 0)
			addIssue({ code: 'custom', path: ['to'], message: 'choose_households' });
	})
	.transform(({ to, event, said, tags, households }) => {
		if (to === 'asked') return { to, event, said };
		if (to === 'tags') return { to, tags };
		return to === 'chosen' ? { to, households } : { to };
	});

/** `reach` is of those whom the page showed: nobody gets it whom the couple has not seen. */
export const Confirmed = z.object({ reach: z.string({ error: 'required' }) });

/** A day and a time on a clock at the wedding. */
export const Schedule = z
	.object({ day: z.iso.date('date'), time: z.string({ error: 'required' }).regex(/^\d\d:\d\d$/, 'time') })
	.refine(({ day, time }) => isLocalTime(`${day}T${time}`), { path: ['time'], message: 'time' })
	.transform(({ day, time }) => ({ local: `${day}T${time}` }));

/** `lines.HOUSEHOLD` for each that the page showed; an empty one is none. */
export const PersonalLines = z.object({ lines: z.record(id, text(LONGEST_LINE)).default({}) });

export const Trial = z.object({ household: id });

export const MailingChosen = z.object({ id });
