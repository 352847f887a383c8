import { toSendable } from '../kernel/text/address.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { writeHtml, type Letter, writeText } from './letter.ts';
import * as mailbox from './mailbox.server.ts';

export type Recipient = { address: string; name: string };

/** The provider says that this mail can never be delivered; `message` is its reason. */
export class Undeliverable extends Error {}

/** The provider takes no mail from us at all, with the setting that it refuses, if that is why. */
export class NotTaken extends Error {
	readonly setting: 'MAILERSEND_API_TOKEN' | 'MAIL_FROM' | undefined;

	constructor(message: string, setting?: NotTaken['setting']) {
		super(message);
		this.setting = setting;
	}
}

/** The mail service answers within this time, or the attempt counts as failed and is tried again. */
const PATIENCE_MS = 15_000;

const isLocal = !settings.MAILERSEND_API_TOKEN;

/** Waits for this mail's turn: two a second, as MailerSend allows 120 a minute. Not for local mail. */
export async function waitForTurn(): Promise<void> {
	if (!isLocal) await limits.pace('mailersend', 0.51);
}

/** Hands a mail over; gives back what the service calls it. Throws Undeliverable for good, NotTaken and anything else for now: then try again later. */
export async function send(
	id: string,
	to: Recipient,
	letter: Letter,
	patienceMs = PATIENCE_MS
): Promise<string | null> {
	if (!isLocal) return sendByService(id, to, letter, patienceMs);
	await mailbox.keep(id, to, letter);
	return null;
}

async function sendByService(id: string, to: Recipient, letter: Letter, patienceMs: number) {
	// loaded at the first mail: an install that sends none does without its memory. The SDK's entry, MailerSend,
	// has its address built in; this part of it takes one
	const { EmailModule } = await import('mailersend/lib/modules/Email.module.js');
	const { EmailParams, Recipient, Sender } = await import('mailersend');
	const service = new EmailModule(settings.MAILERSEND_API_TOKEN!, settings.MAILERSEND_BASE_URL);
	const params = new EmailParams()
		.setFrom(
			new Sender(toSendable(settings.MAIL_FROM!), removeSeparators(settings.MAIL_FROM_NAME || letter.from))
		)
		.setTo([new Recipient(toSendable(to.address), removeSeparators(to.name))])
		.setSubject(joinLines(letter.subject))
		.setText(writeText(letter))
		.setHtml(writeHtml(letter))
		// comes back with every report of it
		.setTags([id]);
	try {
		const { headers } = await Promise.race([service.send(params), failAfter(patienceMs)]);
		return (headers['x-message-id'] as string | undefined) ?? null;
	} catch (error) {
		throw explain(error as Refused);
	}
}

type Refused = Error & {
	statusCode?: number;
	body?: { message?: string; errors?: Record<string, unknown> };
};

function explain(error: Refused): Error {
	const { statusCode, body } = error;
	if (!statusCode) return error instanceof NotTaken ? error : new NotTaken(String(error.message ?? error));
	const isSenderRefused = Object.keys(body?.errors ?? {}).some((field) => field.startsWith('from'));
	if (statusCode === 422 && !isSenderRefused) return new Undeliverable(body?.message ?? 'refused');
	const setting =
		statusCode === 422 ? 'MAIL_FROM' : [401, 403].includes(statusCode) ? 'MAILERSEND_API_TOKEN' : undefined;
	return new NotTaken(`MailerSend answered ${statusCode}: ${body?.message ?? ''}`, setting);
}

/** Names come from people: a line end in one must not begin a header. */
function joinLines(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ');
}

/** MailerSend refuses a name with one of these (its API reference, `to.*.name`), and with it the mail. */
function removeSeparators(name: string): string {
	return joinLines(name).replace(/\s*[,;]\s*/g, ' ');
}

async function failAfter(ms: number): Promise<never> {
	await new Promise((wake) => setTimeout(wake, ms).unref());
	throw new NotTaken(`MailerSend did not answer within ${ms / 1000} s`);
}
