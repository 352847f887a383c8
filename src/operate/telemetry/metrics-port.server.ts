import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { log } from '../../lib/kernel/log/log.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import * as metrics from './metrics.server.ts';

let server: Server | undefined;

/**
 * `GET /metrics` on a port of its own: the proxy in front knows nothing of it, so that no mistake in its
 * configuration shows the numbers to everybody. Does nothing without METRICS_PORT; gives back the port. Throws a
 * Problem when it is taken.
 */
export async function open(port = settings.METRICS_PORT): Promise<number | undefined> {
	if (port === undefined || server) return;
	await metrics.begin();
	const opened = createServer(async (request, response) => {
		if (request.url !== '/metrics' || request.method !== 'GET' || isForwarded(request)) {
			return void response.writeHead(404).end();
		}
		try {
			const text = await metrics.render();
			response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
		} catch (error) {
			log.warn({ error: String(error) }, 'metrics not read');
			response.writeHead(503).end();
		}
	});
	await new Promise<void>((listening, reject) => {
		opened.once('error', ({ message }) =>
			reject(new Problem(`METRICS_PORT: cannot listen on port ${port} (${message}).`))
		);
		opened.listen(port, settings.HOST, listening);
	});
	server = opened;
	return (opened.address() as AddressInfo).port;
}

/** Somebody outside asks, through a proxy that was pointed here. */
function isForwarded({ headers }: IncomingMessage): boolean {
	const marks = ['forwarded', 'x-forwarded-for', 'x-real-ip', settings.ADDRESS_HEADER?.toLowerCase()];
	return marks.some((mark) => mark && mark in headers);
}

export async function close(): Promise<void> {
	const closed = new Promise((done) => (server ? server.close(done) : done(undefined)));
	server?.closeAllConnections();
	server = undefined;
	await closed;
}
