import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Receiver = {
	/** without a path */
	url: string;
	received: { path: string; headers: IncomingHttpHeaders; body: string }[];
	/** what the next requests are answered with, or 'silence' */
	answer: (status: number | 'silence', headers?: Record<string, string>) => void;
	stop: () => Promise<void>;
};

/** Whatever takes our messages (a chat, Sentry, a collector), on loopback: keeps them, and answers 200 at first. */
export async function startReceiver(): Promise<Receiver> {
	const received: Receiver['received'] = [];
	let next: Parameters<Receiver['answer']> = [200];
	const server = createServer(async (request, response) => {
		received.push({
			path: request.url!,
			headers: request.headers,
			body: await text(request).catch(() => '')
		});
		const [status, headers] = next;
		if (status !== 'silence') response.writeHead(status, headers).end();
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		answer: (...given) => void (next = given),
		stop: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
}
