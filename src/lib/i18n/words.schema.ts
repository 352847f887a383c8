import { z } from 'zod';
import { baseLocale } from './compiled/runtime.js';
import { type Language, LANGUAGES } from './languages.ts';

/** A form asks for words in some languages only. */
export function inSome<Schema extends z.ZodType>(schema: Schema) {
	const fields = LANGUAGES.map((language) => [language, schema.optional()]);
	return Object.fromEntries(fields) as Record<Language, z.ZodOptional<Schema>>;
}

export const byLanguage = <Schema extends z.ZodType<string>>(schema: Schema) => z.object(inSome(schema));

/** In one language at least. */
export const requiredByLanguage = <Schema extends z.ZodType<string>>(schema: Schema) =>
	byLanguage(schema).superRefine((words, { addIssue }) => {
		if (Object.values(words).some(Boolean)) return;
		addIssue({ code: 'custom', path: [firstAsked(words)], message: 'required' });
	});

/** Where a form says what is wrong in no language alone. */
export const firstAsked = (words: object): string =>
	LANGUAGES.find((language) => language in words) ?? baseLocale;
