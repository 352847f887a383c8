import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A mail as the provider got it. */
export type Received = {
	from: { email: string; name?: string };
	to: { email: string; name?: string }[];
	cc?: unknown[];
	bcc?: unknown[];
	subject: string;
	text: string;
	html: string;
	tags?: string[];
	list_unsubscribe?: string;
};

type Reply = number | 'silence' | 'sender' | 'plan' | 'swallow';

export type Provider = {
	/** for MAILERSEND_BASE_URL */
	url: string;
	/** every mail that was taken, alone or with others, with the time of its arrival in ms */
	received: (Received & { at: number })[];
	/** what was asked, but for how many are left of the day */
	requests: { method: string; path: string; status: number }[];
	/**
	 * what to do with the next requests: a status other than 202, 'silence', that the sender is not verified, that the plan is
	 * small, or 'swallow':
	 * mails are taken, and no answer comes
	 */
	answer: (reply: Reply) => void;
	/** what an account may */
	account: Account;
	/** cuts the connections of those that wait for an answer */
	drop: () => void;
	stop: () => Promise<void>;
};

type Account = {
	/** requests a day, and those that are left; told with every answer where they are set */
	daily?: number;
	left: number;
	/** requests a minute to each endpoint for mails; told where it is set, and never more in that minute */
	perMinute?: number;
	/** mails in one request */
	mostAtOnce: number;
	/** whether one mail in bulk that cannot be delivered makes it refuse all at once */
	isStrict: boolean;
	/** whether the token may list domains and what was sent */
	mayRead: boolean;
	/** an address that it sends nothing to any more: it takes such a mail, and says so later */
	suppressed?: string;
};

/** When the day's requests begin anew. */
export const RESET = new Date(Math.ceil((Date.now() + 3600_000) / 86_400_000) * 86_400_000);

/**
 * MailerSend's far end on loopback: POST /v1/email and /v1/bulk-email answer 202, 401 without a token, 422 for what cannot
 * be delivered, 429 with Retry-After, 5xx, or nothing at all. Of mails in bulk that cannot be delivered it says so later, as
 * MailerSend does.
 */
export async function startMailerSend(port = 0): Promise<Provider> {
	const received: Provider['received'] = [];
	const requests: Provider['requests'] = [];
	const account: Account = { left: Infinity, mostAtOnce: 500, isStrict: false, mayRead: true };
	const bulks: { errors: Record<string, string[]>; suppressed: object }[] = [];
	const minutes = new Map<string, { since: number; count: number }>();
	let next: Reply = 202;
	const server = createServer((request, response) => void serve(request, response));

	async function serve(request: IncomingMessage, response: ServerResponse) {
		let body = '';
		for await (const chunk of request.setEncoding('utf8')) body += chunk;
		const { method = '', url = '', headers } = request;
		const path = url.replace(/^\/v1/, '');
		if (path === '/api-quota') return quota(response);
		const answer = (status: number, said: unknown, more: Record<string, string> = {}) => {
			requests.push({ method, path, status });
			json(response, status, said, { ...limits(path), ...more });
		};
		if (next === 'silence') return;
		if (!headers.authorization?.startsWith('Bearer ')) return answer(401, { message: 'Unauthenticated.' });
		if (next === 'sender') {
			const message = 'The from.email domain must be verified in your account. #MS42207';
			return answer(422, { message, errors: { 'from.email': [message] } });
		}
		if (typeof next === 'number' && next !== 202)
			return answer(next, { message: `answer ${next}` }, next === 429 ? { 'retry-after': '1' } : {});
		if (isTooMuch(path))
			return answer(429, { message: 'Too many requests. #MS42903' }, { 'retry-after': '1' });
		if (account.left <= 0) return answer(429, { message: 'You have reached your daily quota. #MS42901' });
		account.left--;
		if (method === 'GET') return answer(...read(url));
		const mails = [JSON.parse(body)].flat() as Received[];
		if (next === 'plan' && mails.some((mail) => mail.list_unsubscribe)) {
			const message = 'The list_unsubscribe field is not available on your plan.';
			return answer(422, { message, errors: { list_unsubscribe: [message] } });
		}
		const isBulk = path === '/bulk-email';
		if (mails.length > account.mostAtOnce)
			return answer(422, { message: 'There are too many emails.', errors: { '': ['Too many.'] } });
		const wrong = mails.map(faults);
		const first = Object.values(wrong[0]!)[0]?.[0];
		if (!isBulk && first) return answer(422, { message: first, errors: wrong[0] });
		if (account.isStrict && wrong.some((one) => Object.keys(one).length > 0))
			return answer(422, { message: 'The given data was invalid.', errors: placed(wrong) });
		const isSuppressed = ({ to }: Received) => to.some(({ email }) => email === account.suppressed);
		const isFine = (mail: Received, place: number) =>
			Object.keys(wrong[place]!).length === 0 && !isSuppressed(mail);
		received.push(...mails.filter(isFine).map((mail) => ({ ...mail, at: Date.now() })));
		const errors = wrong.flatMap((one, place) =>
			Object.keys(one).length > 0 ? [[`message.${place}`, Object.values(one).flat()]] : []
		);
		const silent = mails.flatMap((mail, place) =>
			isSuppressed(mail) ? [[`message.${place}`, { to: [{ ...mail.to[0], reasons: ['hard_bounced'] }] }]] : []
		);
		bulks.push({ errors: Object.fromEntries(errors), suppressed: Object.fromEntries(silent) });
		if (next === 'swallow') return;
		if (isBulk)
			return answer(202, { message: 'It is being processed.', bulk_email_id: String(bulks.length) });
		answer(202, undefined, { 'x-message-id': String(received.length) });
	}

	function quota(response: ServerResponse) {
		const { daily, left } = account;
		if (daily === undefined) return json(response, 404, { message: 'Not found.' });
		json(response, 200, { quota: daily, remaining: left, reset: RESET.toISOString() });
	}

	/** Domains, what was sent with a tag, and what came of mails in bulk. */
	function read(url: string): [number, unknown] {
		const { pathname, searchParams } = new URL(url, 'http://localhost');
		const bulk = /^\/v1\/bulk-email\/(\d+)$/.exec(pathname)?.[1];
		if (bulk) {
			const { errors, suppressed } = bulks[Number(bulk) - 1]!;
			const state = { state: 'completed', validation_errors: errors, suppressed_recipients: suppressed };
			return [200, { data: state }];
		}
		if (!account.mayRead) return [403, { message: 'This action is unauthorized.' }];
		if (pathname === '/v1/domains') return [200, { data: [{ id: 'own', name: 'example.org' }] }];
		const tag = searchParams.get('tag')!;
		const found = received.filter(({ tags = [] }) => tags.includes(tag));
		return [200, { data: found.map(({ tags }, n) => ({ id: String(n), tags })), links: { next: null } }];
	}

	function limits(path: string): Record<string, string> {
		const { daily, left, perMinute } = account;
		const minute = minutes.get(path);
		const reset = minute && String(Math.ceil((minute.since + 60_000 - Date.now()) / 1000));
		return {
			...(daily !== undefined && {
				'x-apiquota-remaining': String(left),
				'x-apiquota-reset': RESET.toISOString()
			}),
			...(perMinute !== undefined &&
				reset && {
					'x-ratelimit-limit': String(perMinute),
					'x-ratelimit-remaining': String(perMinute - minute.count),
					'x-ratelimit-reset': reset
				})
		};
	}

	function isTooMuch(path: string): boolean {
		if (account.perMinute === undefined || !/^\/(bulk-)?email$/.test(path)) return false;
		let minute = minutes.get(path);
		if (!minute || minute.since < Date.now() - 60_000)
			minutes.set(path, (minute = { since: Date.now(), count: 0 }));
		if (minute.count >= account.perMinute) return true;
		minute.count++;
		return false;
	}

	server.listen(port, '127.0.0.1');
	await new Promise((ready) => server.once('listening', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		...{ received, requests, account },
		answer: (reply) => void (next = reply),
		drop: () => server.closeAllConnections(),
		stop: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
}

function faults({ from, to, subject, text, html }: Received): Record<string, string[]> {
	const errors: Record<string, string[]> = {};
	if (!from?.email) errors['from.email'] = ['The from.email field is required.'];
	const isAddress = (email: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
	if (!to?.length || !to.every(({ email }) => isAddress(email))) {
		errors['to.0.email'] = ['The to.0.email must be a valid email address. #MS42207'];
	}
	for (const { name = '' } of [from, ...(to ?? [])]) {
		if (/[,;]/.test(name)) errors['to.0.name'] = ['The to.0.name must not contain , or ;.'];
	}
	if (!subject) errors['subject'] = ['The subject field is required.'];
	if (!text && !html) errors['text'] = ['The text field is required when html is not present.'];
	return errors;
}

/** As of a list: `3.to.0.email`. */
function placed(wrong: Record<string, string[]>[]): Record<string, string[]> {
	const entries = wrong.flatMap((one, place) =>
		Object.entries(one).map(([field, said]) => [`${place}.${field}`, said] as const)
	);
	return Object.fromEntries(entries);
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
	const type = { 'content-type': 'application/json' };
	response.writeHead(status, { ...type, ...headers }).end(body === undefined ? '' : JSON.stringify(body));
}

if (import.meta.main) {
	const { url } = await startMailerSend(Number(process.env.MAILERSEND_PORT));
	console.log(url);
}
