import { clock } from '../kernel/clock.ts';
import { settings } from '../kernel/settings.server.ts';
import type { Letter } from './letter.ts';
import * as headers from './list-unsubscribe.server.ts';
import * as mailbox from './mailbox.server.ts';
import { ask, explain, type Recipient, type Refused, write } from './post.server.ts';
import * as quota from './quota.server.ts';

export type Outgoing = { id: string; to: Recipient; letter: Letter };

/** Some of them can never be delivered, by their places, with the reasons; none was taken. */
export class SomeRefused extends Error {
	readonly reasons: Map<number, string>;

	constructor(reasons: Map<number, string>) {
		super([...reasons.values()].join(' '));
		this.reasons = reasons;
	}
}

/** All of them were refused for what none of them is to blame for alone: there are too many, say. */
export class AllRefused extends Error {}

/**
 * Hands many mails over in one request, and gives back what MailerSend calls it; null for local mail. Each is marked with
 * its id and with `mark`, that of all of them. Throws SomeRefused or AllRefused for good, NoAnswer where nobody knows
 * whether they were taken, and anything else for now.
 */
export async function send(mails: Outgoing[], mark: string): Promise<string | null> {
	if (quota.isLocal) {
		for (const { id, to, letter } of mails) await mailbox.keep(id, to, letter);
		return null;
	}
	const params = await Promise.all(
		mails.map(async ({ id, to, letter }) => (await write(to, letter)).setTags([id, mark]))
	);
	try {
		const { body } = await ask('bulk', (service) => service.sendBulk(params));
		await headers.noteTaken(params);
		return String((body as { bulk_email_id?: string }).bulk_email_id ?? '');
	} catch (error) {
		if (await headers.isRefused(params, error as Refused)) return send(mails, mark);
		throw explainAll(error as Refused);
	}
}

function explainAll(error: Refused): Error {
	const { statusCode, body } = error;
	const fields = Object.entries(body?.errors ?? {});
	if (statusCode !== 422 || fields.some(([field]) => /(^|\.)from(\.|$)/.test(field))) return explain(error);
	const reasons = byPlace(fields);
	return reasons.size > 0 ? new SomeRefused(reasons) : new AllRefused(body?.message ?? 'refused');
}

/** Of what stands under `3.to.0.email`, or under `message.3`, the reasons of the fourth. */
function byPlace(fields: [string, unknown][]): Map<number, string> {
	const placed = fields.flatMap(([field, said]) => {
		const place = /^(?:message\.)?(\d+)(?:\.|$)/.exec(field)?.[1];
		return place ? [[Number(place), listTexts(said).join(' ')] as const] : [];
	});
	return new Map(placed);
}

function listTexts(said: unknown): string[] {
	if (typeof said === 'string') return [said];
	return typeof said === 'object' && said ? Object.values(said).flatMap(listTexts) : [];
}

/** What came of a request that was taken: which could not be sent by their places, and addresses that get nothing any more. */
export type Outcome = { reasons: Map<number, string>; suppressed: string[] };

/** Null while MailerSend is still at it, or where it cannot say. Throws what `ask` does. */
export async function findOutcome(bulkId: string): Promise<Outcome | null> {
	await quota.waitForTurn('other');
	const { body } = await ask('other', (service) => service.getBulkStatus(bulkId));
	const { data } = body as { data?: Record<string, unknown> };
	if (!['completed', 'failed'].includes(String(data?.state))) return null;
	const suppressed = [...listTexts(data?.suppressed_recipients), ...listNames(data?.suppressed_recipients)];
	return {
		reasons: byPlace(Object.entries(data?.validation_errors ?? {})),
		suppressed: suppressed.filter((text) => text.includes('@'))
	};
}

function listNames(said: unknown): string[] {
	if (typeof said !== 'object' || !said) return [];
	return Object.entries(said).flatMap(([name, more]) => [name, ...listNames(more)]);
}

/**
 * The ids of the mails with this mark that MailerSend has; null where the token may not ask. Throws NotTaken where it
 * does not answer.
 */
export async function findTaken(mark: string, since: Date): Promise<Set<string> | null> {
	try {
		await quota.waitForTurn('other');
		const sender = settings.MAIL_FROM!.split('@').at(-1)!.toLowerCase();
		const domains = await list((service) => service.domain.list({ limit: 100, page: 1 }));
		const domain = domains.find(({ name }) => name?.toLowerCase() === sender);
		if (!domain) return null;
		const [from, to] = [since.getTime() / 1000 - 3600, clock.now().getTime() / 1000 - 5].map(Math.floor);
		const asked = { domain_id: domain.id, date_from: from!, date_to: to!, tag: mark, limit: 100, page: 1 };
		const mails = await list((service) => service.list(asked));
		return new Set(mails.flatMap(({ tags }) => tags ?? []).filter((tag) => tag !== mark));
	} catch (error) {
		if ([403, 404, 422].includes((error as Refused).statusCode ?? 0)) return null;
		throw explain(error as Refused);
	}
}

type Listed = { id: string; name?: string; tags?: string[] | null };

async function list(request: Parameters<typeof ask>[1]): Promise<Listed[]> {
	const { body } = await ask('other', request);
	return (body as { data?: Listed[] }).data ?? [];
}

/** Asks how many requests are left of the day, which costs none; leaves it at that when MailerSend does not say. */
export async function learnDay(): Promise<void> {
	if (quota.isLocal) return;
	const { OthersModule } = await import('mailersend/lib/modules/Others.module.js');
	const others = new OthersModule(settings.MAILERSEND_API_TOKEN!, settings.MAILERSEND_BASE_URL);
	const { body } = await ask('other', () => others.getApiQuota(), 5000);
	const { quota: daily, remaining, reset } = body as { quota: number; remaining: number; reset: string };
	if ([daily, remaining].every(Number.isFinite) && !Number.isNaN(Date.parse(reset)))
		await quota.noteDay(daily, remaining, new Date(reset));
}
