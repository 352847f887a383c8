import { DAY } from '../kernel/clock.ts';
import type { Reset } from '../kernel/db/allowances.server.ts';

/* What MailerSend's answers say of its limits: requests a minute, by endpoint, and requests a day. */

export type Headers = Readonly<Record<string, string | undefined>>;
type Said = { left: number; reset: Reset };
export type Limits = { rate?: Said; quota?: Said };

/** Of any answer; of one that is refused with 429 `complaint` says which limit it was. */
export function readLimits(headers: Headers, now: Date, complaint?: string): Limits {
	const rate = read(headers, 'x-ratelimit');
	const quota = read(headers, 'x-apiquota');
	if (complaint === undefined) return { rate, quota };
	// the day's (its help pages); else it is the minute's
	if (complaint.includes('MS42901'))
		return { rate, quota: { left: 0, reset: quota?.reset ?? nextMidnight(now) } };
	return { rate: { left: 0, reset: Number(headers['retry-after']) || 60 }, quota };
}

function read(headers: Headers, name: string): Said | undefined {
	const left = Number(headers[`${name}-remaining`] || NaN);
	const reset = readReset(headers[`${name}-reset`] ?? '');
	return Number.isNaN(left) || reset === undefined ? undefined : { left, reset };
}

/** A moment as ISO has it or in seconds since 1970, or so many seconds from now: of one of the two it is not said which. */
function readReset(said: string): Reset | undefined {
	if (!said) return undefined;
	const number = Number(said);
	if (Number.isNaN(number)) return Number.isNaN(Date.parse(said)) ? undefined : new Date(said);
	return number > 1e9 ? new Date(number * 1000) : number;
}

/** In UTC, when the day's requests begin anew. */
function nextMidnight(now: Date): Date {
	return new Date(Math.ceil((now.getTime() + 1) / (DAY * 1000)) * DAY * 1000);
}
