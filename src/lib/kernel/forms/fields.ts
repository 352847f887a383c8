import { z } from 'zod';
import { readPasted, toSendable } from '../text/address.ts';
import { stripInvisible } from '../text/visible.ts';

/** What forms are made of. A schema's message is a code: `issue_<code>` says it in every language. */

/** One line of text, at most `longest` characters; control characters, line ends and what nobody sees are never part of it. */
export function line(longest: number) {
	return z
		.string({ error: 'required' })
		.transform((text) => stripInvisible(text.replace(/[\p{Cc}\u2800]+/gu, ' ')).trim())
		.pipe(z.string().max(longest, 'too_long'));
}

export function requiredLine(longest: number) {
	return line(longest).pipe(z.string().min(1, 'required'));
}

/** Several lines of text. */
export function text(longest: number) {
	return z
		.string({ error: 'required' })
		.transform((typed) =>
			typed
				.replace(/\r\n?/g, '\n')
				.replace(/[^\P{Cc}\n]+/gu, ' ')
				.trim()
		)
		.pipe(z.string().max(longest, 'too_long'));
}

/** As zod has it, and a top domain beyond ASCII. */
const ADDRESS =
	/^(?!\.)(?!.*\.\.)[a-z0-9_'+.-]*[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+([a-z]{2,}|xn--[a-z0-9-]+)$/i;

/** An address that mail can be sent to, as it is pasted; 254 characters at most (RFC 5321, 4.5.3.1.3). */
export const email = z
	.string({ error: 'required' })
	.transform(readPasted)
	.pipe(
		z
			.string()
			.min(1, { error: 'required', abort: true })
			.max(254, { error: 'too_long', abort: true })
			.refine((address) => toSendable(address).length <= 254 && ADDRESS.test(toSendable(address)), 'email')
	);

export const optionalEmail = z
	.string()
	.optional()
	.transform((typed) => (typed && readPasted(typed)) || null)
	.pipe(email.nullable());

/** A box is in the form only when it is ticked. */
export const tick = z
	.string()
	.optional()
	.transform((value) => value !== undefined);

/** A calendar day without a time zone, kept as midnight UTC. */
export const day = z
	.string()
	.optional()
	.transform((typed) => typed || null)
	.pipe(
		z.iso
			.date('date')
			// Postgres and people begin with year 1, typing hands with four digits
			.refine((typed) => typed >= '1000', 'date')
			.transform((typed) => new Date(`${typed}T00:00:00Z`))
			.nullable()
	);

/** A day and a time as a clock on the wall shows them, for whoever knows its time zone; undefined where nothing is typed. */
export const wallTime = z
	.string()
	.optional()
	.transform((typed) => typed || undefined)
	.pipe(
		z.iso
			.datetime({ local: true, error: 'wall_time' })
			.refine((typed) => typed >= '1000' && !typed.endsWith('Z'), 'wall_time')
			.optional()
	);

/** As Postgres writes it: ids are compared as text. */
export const id = z.guid('invalid').toLowerCase();
