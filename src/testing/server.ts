import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { afterEach } from 'vitest';
import { serve, type Handler, type Running } from '../server.ts';

const running: Running[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

export const LOCAL = {
	...{ ORIGIN: 'http://localhost:3000', HOST: '127.0.0.1', PORT: 0, PROXIES: 1 },
	ADDRESS_HEADER: undefined as string | undefined
};

/** Our server around a handler, for as long as a test. */
export async function open(handler: Handler, more: Partial<typeof LOCAL> = {}): Promise<Running> {
	const server = await serve(handler, { ...LOCAL, ...more });
	running.push(server);
	return server;
}

/** Reads and answers requests the way the built site does, with SvelteKit's own code. */
export function site(respond: (request: Request) => Promise<Response> | Response) {
	return async (request: IncomingMessage, response: ServerResponse) =>
		setResponse(response, await respond(getRequest({ request, response, base: 'http://site.test' })));
}

export const url = ({ port }: Running, path = '/') => `http://127.0.0.1:${port}${path}`;
