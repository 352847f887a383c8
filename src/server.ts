import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { FileResponse, SEND_FILE } from './lib/kernel/http/file-response.server.ts';
import { headersFor } from './lib/kernel/http/headers.ts';
import { hostOf } from './lib/kernel/http/host.ts';
import { guard } from './lib/kernel/http/incoming.server.ts';
import { addressIn } from './lib/kernel/http/network.ts';
import { giveBackWhenQuiet } from './lib/kernel/memory.server.ts';
import { Problem } from './lib/kernel/problem.ts';
import * as requests from './lib/kernel/http/request.server.ts';
import { settings, type Settings } from './lib/kernel/settings.server.ts';
import { inTurn } from './lib/kernel/http/turns.server.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;
export type Running = { port: number; stop(reason?: string): Promise<void> };
type Address = Pick<Settings, 'ORIGIN' | 'HOST' | 'PORT' | 'ADDRESS_HEADER' | 'PROXIES'>;

/** How long a stopping server waits for what is under way, an upload say. */
const GRACE = 25_000;

// the build believes these headers, and nobody outside can guess their names
const PROTOCOL = `x-${randomBytes(16).toString('hex')}`;
const HOST = `x-${randomBytes(16).toString('hex')}`;

/** The built site, as SvelteKit made it: its address is ours to say, and so is how large a body may be. */
export async function load(): Promise<Handler> {
	const build = new URL('../build/handler.js', import.meta.url);
	if (!existsSync(build)) throw new Problem('The site is not built yet: npm run build');
	const ours = { PROTOCOL_HEADER: PROTOCOL, HOST_HEADER: HOST, BODY_SIZE_LIMIT: 'Infinity', XFF_DEPTH: '1' };
	Object.assign(process.env, ours);
	return (await import(build.href)).handler;
}

export async function serve(handler: Handler, address: Address = settings): Promise<Running> {
	const { protocol } = new URL(address.ORIGIN);
	const headers = headersFor(protocol);
	const addressHeader = address.ADDRESS_HEADER?.toLowerCase();
	const proxies = addressHeader === 'x-forwarded-for' ? address.PROXIES : 1;
	const open = new Set<Socket>();
	/** what each connection is being answered */
	const busy = new Map<Socket, ServerResponse>();
	const isAsked = giveBackWhenQuiet();
	let isStopping = false;

	const answer = (request: IncomingMessage, response: ServerResponse) => {
		const { socket } = request;
		busy.set(socket, response);
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		const target = requested(request.url!, address.ORIGIN);
		const host = hostIn(request.headers.host, address.ORIGIN);
		if (!target || !host) return void response.writeHead(400, { connection: 'close' }).end();
		request.url = target;
		// those ask every few seconds, day and night
		if (!target.startsWith('/health/')) isAsked();
		request.headers[PROTOCOL] = protocol.slice(0, -1);
		request.headers[HOST] = host;
		request.headers[SEND_FILE] = 'yes';
		if (addressHeader) {
			const told = request.headers[addressHeader];
			request.headers[addressHeader] = addressIn(told?.toString(), proxies) ?? socket.remoteAddress;
		}
		// of a visitor's own word for the request nothing is kept: only a proxy's can be found in another log
		const id = requests.name(addressHeader && request.headers[requests.HEADER]);
		request.headers[requests.HEADER] = id;
		response.setHeader(requests.HEADER, id);
		asBrowser(request);
		guard(request, response);
		if (response.headersSent) return;
		// what fails cannot be finished, to somebody who has left; what the site throws it has answered itself
		Promise.try(() => handler(request, response, () => response.writeHead(404).end())).catch(() =>
			response.destroy()
		);
	};
	const answered = (socket: Socket) => {
		busy.delete(socket);
		if (isStopping) socket.destroySoon();
	};

	const times = { headersTimeout: 60_000, requestTimeout: 0, keepAliveTimeout: 75_000 };
	const server = createServer({ ...times, ServerResponse: FileResponse });
	server.on('request', inTurn(answer, answered));
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		if (socket.writable && !busy.get(socket)?.headersSent) socket.write(unreadable(error, headers));
		socket.destroy();
	});
	server.on('connection', (socket) => {
		open.add(socket.once('close', () => open.delete(socket)));
		// limits ask for it, and of a connection that was reset it is not known any more
		Object.defineProperty(socket, 'remoteAddress', { value: socket.remoteAddress ?? 'unknown' });
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, address)));
		server.listen(address.PORT, address.HOST, resolve);
	});

	return {
		port: (server.address() as AddressInfo).port,
		async stop(reason = 'stop') {
			isStopping = true;
			const force = setTimeout(() => server.closeAllConnections(), GRACE);
			const closed = new Promise((resolve) => server.close(resolve));
			// again and again, for what was asked before may become one later
			const streams = setInterval(() => endStreams(busy.values()), 100);
			endStreams(busy.values());
			// not closeIdleConnections(): it leaves those that have asked nothing yet, as browsers open ahead
			for (const socket of open) if (!busy.has(socket)) socket.destroy();
			await closed;
			clearTimeout(force);
			clearInterval(streams);
			await settle(reason);
		}
	};
}

/**
 * Ends what would go on for as long as somebody listens, or for hours: their browsers ask again, or go on with a file where
 * they were cut, and whoever is there answers.
 */
function endStreams(responses: Iterable<ServerResponse>): void {
	for (const response of responses) {
		const type = String(response.getHeader('content-type'));
		if (/^text\/event-stream/i.test(type)) response.end();
		if (/^application\/zip/i.test(type)) response.destroy();
	}
}

/**
 * The path and query that are asked for, without `.` and `..` in them: everything that looks at a request has to see
 * the same. Also of an absolute address (RFC 9112, 3.2.2), whose host is not believed.
 */
function requested(target: string, origin: string): string | undefined {
	const url = URL.parse(target.startsWith('/') ? origin + target : target);
	return url?.protocol.startsWith('http') ? url.pathname + url.search : undefined;
}

/**
 * The host that is asked for, as a browser writes it, and that of ORIGIN where none is said (HTTP/1.0); undefined for
 * what can be none. Which wedding it is, if any, only the site knows, and until then nobody is to be led there.
 */
function hostIn(said: string | undefined, origin: string): string | undefined {
	if (!said) return new URL(origin).host;
	return hostOf(said, new URL(origin).protocol);
}

/** What does not say what it wants or sends (curl, a script) is answered with pages and redirects, as a browser is. */
function asBrowser({ method, headers }: IncomingMessage) {
	if (headers.accept === undefined || headers.accept === '*/*') headers.accept = 'text/html';
	const isEmpty = !headers['transfer-encoding'] && !Number(headers['content-length']);
	if (method === 'POST' && isEmpty) headers['content-type'] ??= 'application/x-www-form-urlencoded';
}

/** Tells the site that the process ends, and waits for what it asks to wait for: see app/hooks/start.server.ts. */
export async function settle(reason: string): Promise<void> {
	const work: Promise<unknown>[] = [];
	process.emit(
		'sveltekit:shutdown' as never,
		reason as never,
		((one: Promise<unknown>) => work.push(one)) as never
	);
	await Promise.allSettled(work);
}

/** The answer to what is no HTTP; only Node's parser has seen it. */
function unreadable({ code }: NodeJS.ErrnoException, headers: Record<string, string>): string {
	const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[code ?? ''] ?? 400;
	const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' });
	const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n`;
}

export function refusal(
	{ code, message }: NodeJS.ErrnoException,
	{ HOST, PORT }: Pick<Address, 'HOST' | 'PORT'>
): Problem {
	if (code === 'EADDRINUSE') return new Problem(`Port ${PORT} is taken: set PORT to another one.`);
	if (code === 'EACCES') return new Problem(`Port ${PORT} is not ours to use: set PORT to one above 1023.`);
	return new Problem(`HOST: cannot listen on ${HOST} (${message}).`);
}

/** In production: the process that a container runs, with a database that is already migrated. */
export async function main() {
	if (!settings.DATABASE_URL)
		throw new Problem('DATABASE_URL is not set: npm start brings its own database.');
	const stopped = new Promise<string>((resolve) => {
		for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
	});
	const server = await serve(await load());
	await server.stop(await stopped);
}
