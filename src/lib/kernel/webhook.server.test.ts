import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from './log.server.ts';
import { settings } from './settings.server.ts';
import { notify } from './webhook.server.ts';

let received: { path?: string; type?: string; body: unknown }[] = [];
let answer: (response: ServerResponse) => void;
const server = createServer(async (request: IncomingMessage, response) => {
	received.push({ path: request.url, type: request.headers['content-type'], body: await json(request) });
	answer(response);
});
let base = '';

beforeAll(async () => {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
	received = [];
	settings.WEBHOOK_URL = undefined;
	vi.restoreAllMocks();
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

async function send(
	path: string,
	text: string,
	end = (response: ServerResponse) => void response.end(),
	patience?: number
) {
	settings.WEBHOOK_URL = base + path;
	answer = end;
	return notify(text, patience);
}

/** An address where nobody listens. */
async function closed(): Promise<string> {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	await new Promise((done) => other.close(done));
	return `http://127.0.0.1:${port}/secret`;
}

describe('a message arrives as its receiver reads it', () => {
	it.each([
		['Discord', '/api/webhooks/123/abc', { content: 'A & <B>', allowed_mentions: { parse: [] } }],
		[
			'Discord by version',
			'/api/v10/webhooks/123/abc',
			{ content: 'A & <B>', allowed_mentions: { parse: [] } }
		],
		['Slack', '/services/T0/B0/x', { text: 'A &#38; &#60;B&#62;' }],
		['Discord as Slack', '/api/webhooks/123/abc/slack', { text: 'A &#38; &#60;B&#62;' }],
		['anything else', '/hook', { text: 'A & <B>' }]
	])('%s', async (_, path, body) => {
		expect(await send(path, 'A & <B>')).toBe(true);
		expect(received).toEqual([{ path, type: 'application/json', body }]);
	});

	it('without addresses and tokens', async () => {
		await send('/hook', 'mail to anna.devries@example.org: https://x.example/auth/verify/abcDEF123');
		expect(received[0]!.body).toEqual({
			text: 'mail to a***@example.org: https://x.example/auth/verify/***'
		});
	});
});

describe('whoever calls is not disturbed', () => {
	it('where none is set', async () => {
		expect(await notify('hello')).toBe(false);
		expect(received).toEqual([]);
	});

	it('by a refusal, a redirect, or nobody there; and no line holds the address', async () => {
		const warn = vi.spyOn(log, 'warn');
		expect(await send('/api/webhooks/1/secret', 'x', (r) => void r.writeHead(404).end())).toBe(false);
		const elsewhere = { location: `${base}/hook` };
		expect(await send('/hook', 'x', (r) => void r.writeHead(302, elsewhere).end())).toBe(false);
		settings.WEBHOOK_URL = await closed();
		expect(await notify('x')).toBe(false);
		expect(warn.mock.calls).toEqual([
			[{ status: 404 }, 'webhook refused'],
			[{ status: 302 }, 'webhook refused'],
			[{ error: 'ECONNREFUSED' }, 'webhook not reached']
		]);
		expect(received).toHaveLength(2);
	});

	it('by one that does not answer', async () => {
		expect(await send('/hook', 'x', () => {}, 100)).toBe(false);
		expect(received).toHaveLength(1);
	});
});
