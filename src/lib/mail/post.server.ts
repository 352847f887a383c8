import type { EmailParams } from 'mailersend';
import type { EmailModule } from 'mailersend/lib/modules/Email.module.js';
import { toSendable } from '../kernel/text/address.ts';
import { log } from '../kernel/log/log.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { writeHtml, type Letter, writeText } from './letter.ts';
import type { Headers } from './limits.ts';
import * as headers from './list-unsubscribe.server.ts';
import * as mailbox from './mailbox.server.ts';
import * as quota from './quota.server.ts';

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

/** No answer came: it may have been taken all the same. */
export class NoAnswer extends NotTaken {}

/** The mail service answers within this time, or the attempt counts as failed and is tried again. */
const PATIENCE_MS = 15_000;

/** Longer than this nobody waits for MailerSend to take mails again: it is tried anew later. */
const LONGEST_WAIT = 20;

/** Waits for this mail's turn: two a second, as MailerSend allows 120 a minute. Not for local mail. Throws NotTaken. */
export async function waitForTurn(): Promise<void> {
	const seconds = await quota.findWait('single');
	if (seconds > LONGEST_WAIT)
		throw new NotTaken(`MailerSend takes no mail for another ${Math.ceil(seconds / 60)} minutes.`);
	if (seconds > 0) await new Promise((wake) => setTimeout(wake, seconds * 1000));
	await quota.waitForTurn('single');
}

/** Hands a mail over; gives back what the service calls it. Throws Undeliverable for good, NotTaken and anything else for now: then try again later. */
export async function send(
	id: string,
	to: Recipient,
	letter: Letter,
	patienceMs = PATIENCE_MS
): Promise<string | null> {
	if (!quota.isLocal) return sendByService(id, to, letter, patienceMs);
	await mailbox.keep(id, to, letter);
	return null;
}

async function sendByService(
	id: string,
	to: Recipient,
	letter: Letter,
	patienceMs: number
): Promise<string | null> {
	// the tag comes back with every report of it
	const params = (await write(to, letter)).setTags([id]);
	try {
		const answer = await ask('single', (service) => service.send(params), patienceMs);
		await headers.noteTaken([params]);
		return answer.headers['x-message-id'] ?? null;
	} catch (error) {
		if (await headers.isRefused([params], error as Refused)) return sendByService(id, to, letter, patienceMs);
		throw explain(error as Refused);
	}
}

/** As MailerSend's SDK has it. */
export async function write(to: Recipient, letter: Letter): Promise<EmailParams> {
	const { EmailParams, Recipient, Sender } = await import('mailersend');
	const params = new EmailParams()
		.setFrom(
			new Sender(toSendable(settings.MAIL_FROM!), removeSeparators(settings.MAIL_FROM_NAME || letter.from))
		)
		.setTo([new Recipient(toSendable(to.address), removeSeparators(to.name))])
		.setSubject(joinLines(letter.subject))
		.setText(writeText(letter))
		.setHtml(writeHtml(letter));
	return headers.add(params, letter);
}

type Answer = { headers: Record<string, string>; body: never };

/** Asks MailerSend, and remembers what its answer says of its limits. Throws what it refuses with, see `explain`. */
export async function ask(
	way: quota.Way,
	request: (service: EmailModule) => Promise<unknown>,
	patienceMs = PATIENCE_MS
): Promise<Answer> {
	// loaded at the first mail: an install that sends none does without its memory. The SDK's entry, MailerSend,
	// has its address built in; this part of it takes one
	const { EmailModule } = await import('mailersend/lib/modules/Email.module.js');
	const service = new EmailModule(settings.MAILERSEND_API_TOKEN!, settings.MAILERSEND_BASE_URL);
	const learn = (headers: Headers, complaint?: string) =>
		quota.learn(way, headers, complaint).catch((error) => log.warn({ error: String(error) }, 'limits'));
	try {
		const answer = (await Promise.race([request(service), failAfter(patienceMs)])) as Answer;
		await learn(answer.headers);
		return answer;
	} catch (error) {
		const { headers, statusCode, body } = error as Refused;
		if (headers) await learn(headers, statusCode === 429 ? (body?.message ?? '') : undefined);
		throw error;
	}
}

export type Refused = Error & {
	statusCode?: number;
	headers?: Record<string, string>;
	body?: { message?: string; errors?: Record<string, unknown> };
};

/** It was never reached. */
const AWAY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

export function explain(error: Refused): Error {
	const { statusCode, body } = error;
	if (!statusCode) return error instanceof NotTaken ? error : explainSilence(error);
	const isSenderRefused = Object.keys(body?.errors ?? {}).some((field) => /(^|\.)from(\.|$)/.test(field));
	if (statusCode === 422 && !isSenderRefused) return new Undeliverable(body?.message ?? 'refused');
	const setting =
		statusCode === 422 ? 'MAIL_FROM' : [401, 403].includes(statusCode) ? 'MAILERSEND_API_TOKEN' : undefined;
	// a gateway that does not know what became of it
	const isUnclear = statusCode === 502 || statusCode === 504;
	const Kind = isUnclear ? NoAnswer : NotTaken;
	return new Kind(`MailerSend answered ${statusCode}: ${body?.message ?? ''}`, setting);
}

function explainSilence(error: Error): Error {
	for (let cause: unknown = error; cause; cause = (cause as Error).cause)
		if (AWAY.has((cause as NodeJS.ErrnoException).code ?? '')) return new NotTaken(error.message);
	return new NoAnswer(String(error.message ?? error));
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
	throw new NoAnswer(`MailerSend did not answer within ${ms / 1000} s`);
}
