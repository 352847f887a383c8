import type { IncomingMessage, ServerResponse } from 'node:http';

const SMALL_BYTES = 512 * 1024;
const UPLOAD = /^\/api\/uploads?(?:[/?]|$)/;

/**
 * Holds a request's body to what its address may receive: an upload may be large and slow as long as it keeps
 * coming, anything else has to be small and there within `patience` milliseconds. Whoever is answered before
 * the end of the body is not listened to any longer.
 */
export function guard(request: IncomingMessage, response: ServerResponse, patience = 60_000): void {
	const length = Number(request.headers['content-length'] ?? 0);
	if (length === 0 && !request.headers['transfer-encoding']) return;

	endWithItsConnection(request);
	closeWhenAnsweredEarly(request, response);
	const isUpload = mayBeLarge(request.method, request.url);
	if (!isUpload && length > SMALL_BYTES) return; // the site refuses it with a page

	const timer = setTimeout(() => request.complete || request.socket.destroy(), patience);
	request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
	let received = 0;
	request.on('data', (chunk: Buffer) => {
		if (isUpload) return void timer.refresh();
		received += chunk.length;
		if (received > SMALL_BYTES) refuse(request, response);
	});
}

/** Whether a request says of itself that its body is larger than its address may receive. */
export function isTooLarge({ method, url, headers }: Request): boolean {
	const length = Number(headers.get('content-length') ?? 0);
	return length > SMALL_BYTES && !mayBeLarge(method, new URL(url).pathname);
}

function mayBeLarge(method = '', path = ''): boolean {
	return (method === 'POST' || method === 'PATCH') && UPLOAD.test(path);
}

/** For one that did not say so. */
function refuse(request: IncomingMessage, response: ServerResponse) {
	if (response.headersSent) return void request.socket.destroy();
	const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
	response.writeHead(413, headers).end('This is too large to send here.\n');
}

/**
 * Whoever reads the body is told when no more of it can come. Of a request that was answered Node says nothing any
 * more, and of one that is destroyed without an error SvelteKit does not: its reader would keep a file open for ever.
 */
function endWithItsConnection(request: IncomingMessage) {
	const { socket } = request;
	const cutShort = () => request.destroy(new Error('the connection ended before the body did'));
	socket.once('close', cutShort);
	request.once('close', () => socket.off('close', cutShort));
}

/** SvelteKit and Node would read the rest, 500 MB perhaps, only to keep the connection. */
function closeWhenAnsweredEarly(request: IncomingMessage, response: ServerResponse) {
	const writeHead = response.writeHead;
	response.writeHead = (...given: unknown[]) => {
		if (!request.complete) {
			response.setHeader('connection', 'close');
			request.pause();
			request.resume = () => request;
			// closed at once with bytes unread, the connection would be reset before the answer arrives
			request.socket.destroySoon = () => {
				request.socket.end();
				setTimeout(() => request.socket.destroy(), 1000).unref();
			};
		}
		return Reflect.apply(writeHead, response, given);
	};
}
