import { fail, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { say } from '../i18n/say.server.ts';
import { Problem } from './problem.ts';

type Values = { [name: string]: Values | string };

/**
 * The one way in for a form: what does not fit the schema comes back as 422 with what was typed and a
 * sentence for each field; a refusal that the person can settle on this page (409) comes back in place.
 */
export function formAction<Schema extends z.ZodType, Event extends RequestEvent, Result>(
	schema: Schema,
	act: (input: z.output<Schema>, event: Event) => Result | Promise<Result>
) {
	return async (event: Event) => {
		const values = read(await formData(event.request));
		const input = schema.safeParse(values);
		if (!input.success) return fail(422, { values, issues: sentences(input.error) });
		try {
			return { done: await act(input.data, event) };
		} catch (error) {
			if (!(error instanceof Problem) || error.status !== 409) throw error;
			return fail(409, { values, problem: say(`problem_${error.code}`, error.params) });
		}
	};
}

async function formData(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch {
		throw new Problem(400, 'form_unreadable');
	}
}

/** `guests.0.name=Riet` becomes `{ guests: { 0: { name: 'Riet' } } }`; of a name sent twice the last one counts. */
export function read(form: FormData): Values {
	const values: Values = Object.create(null);
	for (const [name, value] of form) {
		if (typeof value !== 'string' || !isName(name)) continue;
		const path = name.split('.');
		const last = path.pop()!;
		let place = values;
		for (const step of path) {
			const next = place[step];
			place = typeof next === 'object' ? next : (place[step] = Object.create(null) as Values);
		}
		place[last] = value;
	}
	return values;
}

/** Like a name of ours. What else is sent could not be shown again: devalue refuses a `__proto__`, and has its depth. */
function isName(name: string): boolean {
	return /^[\w-]+(\.[\w-]+){0,3}$/.test(name) && !name.includes('__proto__');
}

function sentences(error: z.ZodError): Record<string, string> {
	const issues: Record<string, string> = {};
	for (const issue of error.issues) {
		const field = issue.path.join('.');
		issues[field] ??= say(`issue_${issue.message}`) ?? say('issue_invalid')!;
	}
	return issues;
}
