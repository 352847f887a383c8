import type { Problem } from '../kernel/problem.ts';
import * as messages from './compiled/messages.js';

type Blanks = Record<string, string | number>;
const byCode = messages as unknown as Record<string, ((blanks: Blanks) => string) | undefined>;

/**
 * The sentence for a refusal (`problem_…`) or for bad input (`issue_…`), in the language of the request.
 * Pages name their messages directly; this is for codes that come out of the domain.
 */
export function say(code: string, blanks: Blanks = {}): string | undefined {
	return byCode[code]?.(blanks);
}

/** What a refusal says, in the language of the request. */
export function sentence({ code, params, message }: Problem): string {
	return say(`problem_${code}`, params) ?? message;
}
