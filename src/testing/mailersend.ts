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
};

export type Provider = {
	/** for MAILERSEND_BASE_URL */
	url: string;
	/** every mail that was answered with 202, with the time of its arrival in ms */
	received: (Received & { at: number })[];
	/** what to do with the next requests: a status other than 202, 'silence', or that the sender is not verified */
	answer: (status: number | 'silence' | 'sender') => void;
	stop: () => Promise<void>;
};

/**
 * MailerSend's far end on loopback: POST /v1/email answers 202 with an empty body and an id in a header,
 * 401 without a token, 422 for what it cannot deliver, 429 with Retry-After, 5xx, or nothing at all.
 */
export async function startMailerSend(port = 0): Promise<Provider> {
	const received: Provider['received'] = [];
	let next: Parameters<Provider['answer']>[0] = 202;
	const server = createServer((request, response) => void serve(request, response));

	async function serve(request: IncomingMessage, response: ServerResponse) {
		let body = '';
		for await (const chunk of request.setEncoding('utf8')) body += chunk;
		// for tests in another process: what has arrived
		if (request.method === 'GET') return json(response, 200, received);
		if (next === 'silence') return;
		if (!request.headers.authorization?.startsWith('Bearer '))
			return json(response, 401, { message: 'Unauthenticated.' });
		if (next === 'sender') {
			const message = 'The from.email domain must be verified in your account. #MS42207';
			return json(response, 422, { message, errors: { 'from.email': [message] } });
		}
		if (next !== 202) return json(response, next, { message: `answer ${next}` });
		const mail = JSON.parse(body) as Received;
		const errors = faults(mail);
		if (Object.keys(errors).length > 0) {
			return json(response, 422, { message: Object.values(errors)[0]![0], errors });
		}
		received.push({ ...mail, at: Date.now() });
		response.writeHead(202, { 'x-message-id': String(received.length) }).end();
	}

	server.listen(port, '127.0.0.1');
	await new Promise((ready) => server.once('listening', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		received,
		answer: (status) => void (next = status),
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

function json(response: ServerResponse, status: number, body: unknown) {
	const retry = status === 429 ? { 'retry-after': '1' } : {};
	response.writeHead(status, { 'content-type': 'application/json', ...retry }).end(JSON.stringify(body));
}

if (import.meta.main) {
	const { url } = await startMailerSend(Number(process.env.MAILERSEND_PORT));
	console.log(url);
}
