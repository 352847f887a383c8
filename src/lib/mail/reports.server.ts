import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../kernel/files/stored.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { type Reported, Reports } from './report.schema.ts';

/** What became of a mail, as the mail service reports it. */
export type Report = {
	/** what we called it when it was sent, and with it what it was sent with */
	tags: string[];
	/** what the mail service calls it */
	providerId?: string;
	news: News;
	/** in the words of the mailbox */
	reason?: string;
	at?: Date;
};
type News = (typeof NEWS)[keyof typeof NEWS];

/** MailerSend's words and ours; of others, clicks say, we want to know nothing. */
const NEWS = {
	'activity.sent': 'sent',
	'activity.delivered': 'delivered',
	'activity.soft_bounced': 'soft_bounced',
	'activity.hard_bounced': 'bounced',
	'activity.opened': 'opened',
	'activity.opened_unique': 'opened',
	'activity.spam_complaint': 'complained',
	'activity.unsubscribed': 'unsubscribed'
} as const;

/** With which MailerSend signs a try before it keeps an address: everybody knows it (its API reference, "Webhooks"). */
const TEST_SECRET = 'test_Am3L1GuOIc4blLUuHqAPxxwkZaJyEk8G';

/**
 * What was posted, byte for byte as it came. Throws 404 where no reports are expected, 401 for what is not signed by
 * the mail service, and 422 for what cannot be read. There is no time in a signature: an old report may come again.
 */
export function read(body: Uint8Array, signature: string): Report[] {
	const secret = settings.MAILERSEND_WEBHOOK_SECRET;
	if (!secret) throw new Problem(404, 'not_found');
	const isOwn = isSigned(body, signature, secret);
	if (!isOwn && !isSigned(body, signature, TEST_SECRET)) throw new Problem(401, 'report_unsigned');
	const posted = Reports.safeParse(parse(body));
	if (isOwn && !posted.success) throw new Problem(422, 'report_unreadable');
	if (isOwn) return posted.data!.flatMap(toReport);
	// it may say what it likes, and nothing comes of it
	if (posted.success && posted.data.every(({ type }) => type === 'webhook.test')) return [];
	throw new Problem(401, 'report_unsigned');
}

function isSigned(body: Uint8Array, signature: string, secret: string): boolean {
	const expected = createHmac('sha256', secret).update(body).digest('hex');
	const given = Buffer.from(signature.trim().toLowerCase());
	return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

function parse(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
	} catch {
		return undefined;
	}
}

function toReport({ type, created_at, data }: Reported): Report[] {
	const news = NEWS[type as keyof typeof NEWS];
	if (!news || !data) return [];
	const { email, message_id, meta, morph } = data;
	const at = new Date(created_at ?? NaN);
	return [
		{
			tags: [...(email?.tags ?? []), ...data.tags].filter(isId),
			providerId: email?.message?.id ?? message_id,
			news,
			reason: (morph?.reason ?? meta?.reason)?.slice(0, 300),
			at: Number.isNaN(at.getTime()) ? undefined : at
		}
	];
}
