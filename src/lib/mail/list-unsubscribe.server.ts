import type { EmailParams } from 'mailersend';
import { DAY } from '../kernel/clock.ts';
import * as allowances from '../kernel/db/allowances.server.ts';
import * as alarm from './alarm.server.ts';
import type { Letter } from './letter.ts';

/*
 * The header by which a mail program offers to unsubscribe with one press (RFC 8058): MailerSend has a field for it,
 * and writes List-Unsubscribe-Post beside it, but on its larger plans alone. A smaller one refuses the whole mail, which
 * then goes out without, and the others after it: the link at its foot does the same.
 */
let isInPlan = true;

/** That it was refused, for all processes and for whoever looks, until one of them sees that it is taken again. */
const REFUSED = 'mailersend-list-unsubscribe';
let isSettled = false;

export function add(params: EmailParams, { unsubscribe }: Letter): EmailParams {
	return unsubscribe && isInPlan ? params.setListUnsubscribe(unsubscribe.url) : params;
}

/** Whether it was for the header that mails were refused: the next ones have none until the process begins anew. */
export async function isRefused(
	sent: EmailParams[],
	{ statusCode, body }: { statusCode?: number; body?: unknown }
): Promise<boolean> {
	if (!sent.some((params) => params.list_unsubscribe)) return false;
	if (![403, 422].includes(statusCode ?? 0) || !/list.?unsubscribe/i.test(JSON.stringify(body))) return false;
	isInPlan = false;
	isSettled = true;
	await allowances.note(REFUSED, 0, 365 * DAY);
	await alarm.warn(
		'MailerSend’s plan takes no List-Unsubscribe: mails go out with the link at their foot alone.'
	);
	return true;
}

/** Mails were taken: with the header, it is in the plan. */
export async function noteTaken(sent: EmailParams[]): Promise<void> {
	if (isSettled || !sent.some((params) => params.list_unsubscribe)) return;
	isSettled = true;
	await allowances.note(REFUSED, 1, 0);
}

/** Whether mails go out without it, as far as anybody knows. */
export async function isMissing(): Promise<boolean> {
	const found = await allowances.find([REFUSED]);
	return found[REFUSED] !== undefined;
}
