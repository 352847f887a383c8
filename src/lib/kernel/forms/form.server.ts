import { fail, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { say, sentence } from '../../i18n/say.server.ts';
import { isSameAddress, readPasted } from '../text/address.ts';
import { Problem } from '../problem.ts';
import { permit, type Right } from '../viewer.ts';

type Values = { [name: string]: Values | string };
type Sent = FormData | URLSearchParams;

/**
 * The one way in for a form. Without the right, nothing is read. Input that does not fit the schema comes back as 422
 * with what was typed and a sentence for each field; a refusal that leaves the form in its place (403, 409, 429) comes
 * back there, at the field it is about if there is one.
 */
export function formAction<Schema extends z.ZodType, Event extends RequestEvent, Result>(
	right: Right | 'everybody',
	schema: Schema,
	act: (input: z.output<Schema>, event: Event) => Result | Promise<Result>
) {
	return async (event: Event) => {
		if (right !== 'everybody') permit(event.locals.viewer, right);
		const sent = await readForm(event.request);
		const values = toValues(sent);
		const input = schema.safeParse(values, { reportInput: true });
		if (!input.success && hasOtherShape(values, input.error)) throw new Problem(400, 'form_unreadable');
		if (!input.success) return fail(422, { values, issues: sayIssues(input.error) });
		try {
			return { done: await act(input.data, event) };
		} catch (error) {
			return answerInPlace(error, sent, event);
		}
	};
}

/** A refusal that can be settled on the page that sent it, with what was typed there; throws what cannot. */
export function answerInPlace(error: unknown, sent: Sent, event: RequestEvent) {
	if (!(error instanceof Problem) || ![403, 409, 429].includes(error.status)) throw error;
	const { status, headers } = error;
	event.setHeaders(headers);
	const values = toValues(sent);
	const problem = sentence(error);
	const field = findRefusedField(sent, error);
	return field ? fail(status, { values, issues: { [field]: problem } }) : fail(status, { values, problem });
}

/** The largest form, one with twenty people, has a hundred. */
const MOST_FIELDS = 1000;

/** What a form sends; a Problem when it cannot be read. */
export async function readForm(request: Request): Promise<Sent> {
	try {
		if (!/^application\/x-www-form-urlencoded/i.test(request.headers.get('content-type') ?? ''))
			return await request.formData();
		const text = await request.text();
		// Node would take half a second for the quarter of a million that find room in a small body
		if (text.split('&', MOST_FIELDS + 1).length <= MOST_FIELDS) return new URLSearchParams(text);
	} catch {
		// said below
	}
	throw new Problem(400, 'form_unreadable');
}

/** `people.0.name=Riet` becomes `{ people: { 0: { name: 'Riet' } } }`; of a name sent twice the last one counts. */
export function toValues(form: Sent): Values {
	const values: Values = {};
	for (const [name, value] of form) {
		if (typeof value !== 'string' || !isName(name)) continue;
		const path = name.split('.');
		const last = path.pop()!;
		let place = values;
		for (const step of path) {
			const next = place[step];
			place = typeof next === 'object' ? next : (place[step] = {});
		}
		place[last] = value;
	}
	return values;
}

/** Like a name of ours. What else is sent could not be shown again: devalue refuses a `__proto__`, and has its depth. */
function isName(name: string): boolean {
	return /^[\w-]+(\.[\w-]+){0,3}$/.test(name) && !name.includes('__proto__');
}

/** The name of the field that holds what is refused: `people.0.email`, where that `email` was typed. */
function findRefusedField(sent: Sent, { params }: Problem): string | undefined {
	for (const [name, value] of sent) {
		const refused = params[name.split('.').at(-1)!];
		if (typeof refused !== 'string' || typeof value !== 'string') continue;
		if (value.trim() === refused || isSameAddress(readPasted(value), refused)) return name;
	}
	return undefined;
}

/** Rows where a page has a field, or the other way: no page of ours could show it again. */
function hasOtherShape(values: Values, { issues }: z.ZodError): boolean {
	const at = (path: PropertyKey[]) =>
		path.reduce<unknown>((place, step) => (place as Values | undefined)?.[String(step)], values);
	return issues.some(
		({ code, path, ...issue }) =>
			code === 'invalid_type' &&
			['string', 'object', 'array', 'record'].includes((issue as { expected: string }).expected) &&
			at(path) !== undefined
	);
}

type Blanks = Record<string, string>;

function sayIssues(error: z.ZodError): Record<string, string> {
	const issues: Record<string, string> = {};
	for (const issue of error.issues) {
		const field = issue.path.join('.');
		const { maximum = 0, input, params } = issue as { maximum?: number; input?: unknown; params?: Blanks };
		const blanks = { longest: maximum, length: String(input).length, ...params };
		issues[field] ??= say(`issue_${issue.message}`, blanks) ?? say('issue_invalid')!;
	}
	return issues;
}
