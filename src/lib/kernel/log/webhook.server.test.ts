import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Receiver, startReceiver } from '../../../testing/receiver.ts';
import { log } from './log.server.ts';
import { settings } from '../settings.server.ts';
import { notify } from './webhook.server.ts';

let chat: Receiver;

beforeAll(async () => void (chat = await startReceiver()));
afterEach(() => {
	chat.received.length = 0;
	chat.answer(200);
	settings.WEBHOOK_URL = undefined;
	vi.restoreAllMocks();
});
afterAll(() => chat.stop());

function send(path: string, text: string, patience?: number) {
	settings.WEBHOOK_URL = chat.url + path;
	return notify(text, patience);
}
const said = () => JSON.parse(chat.received[0]!.body);

describe('a message arrives as its receiver reads it', () => {
	const forDiscord = { content: 'A & <B>', allowed_mentions: { parse: [] } };

	it.each([
		['Discord', '/api/webhooks/123/abc', forDiscord],
		['Discord by version', '/api/v10/webhooks/123/abc', forDiscord],
		['Slack', '/services/T0/B0/x', { text: 'A &#38; &#60;B&#62;' }],
		['Discord as Slack', '/api/webhooks/123/abc/slack', { text: 'A &#38; &#60;B&#62;' }],
		['anything else', '/hook', { text: 'A & <B>' }]
	])('%s', async (_, path, body) => {
		expect(await send(path, 'A & <B>')).toBe(true);
		expect(chat.received).toMatchObject([{ path, headers: { 'content-type': 'application/json' } }]);
		expect(said()).toEqual(body);
	});

	it('without addresses and tokens', async () => {
		await send('/hook', 'mail to anna.devries@example.org: https://x.example/auth/verify/abcDEF123');
		expect(said()).toEqual({ text: 'mail to a***@example.org: https://x.example/auth/verify/***' });
	});
});

describe('whoever calls is not disturbed', () => {
	it('where none is set', async () => {
		expect(await notify('hello')).toBe(false);
		expect(chat.received).toEqual([]);
	});

	it('by a refusal, a redirect, or nobody there; and no line holds the address', async () => {
		const warn = vi.spyOn(log, 'warn');
		chat.answer(404);
		expect(await send('/api/webhooks/1/secret', 'x')).toBe(false);
		chat.answer(302, { location: `${chat.url}/hook` });
		expect(await send('/hook', 'x')).toBe(false);
		const nobody = await startReceiver();
		await nobody.stop();
		settings.WEBHOOK_URL = `${nobody.url}/secret`;
		expect(await notify('x')).toBe(false);
		expect(warn.mock.calls).toEqual([
			[{ status: 404 }, 'webhook refused'],
			[{ status: 302 }, 'webhook refused'],
			[{ error: 'ECONNREFUSED' }, 'webhook not reached']
		]);
		expect(chat.received).toHaveLength(2);
	});

	it('by one that does not answer', async () => {
		chat.answer('silence');
		expect(await send('/hook', 'x', 1000)).toBe(false);
		expect(chat.received).toHaveLength(1);
	});
});
