import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { announced } from './announce.ts';
import type { Target } from './config.ts';

const place = { environment: 'prod' } as Target;
const said: string[] = [];
let chat: ReturnType<typeof createServer>;
const secrets = () => ({
	login: undefined,
	settings: { WEBHOOK_URL: `http://127.0.0.1:${(chat.address() as AddressInfo).port}/` }
});

beforeEach(async () => {
	chat = createServer(async (request, response) => {
		said.push(JSON.parse(await text(request)).text);
		response.end();
	}).listen(0, '127.0.0.1');
	await once(chat, 'listening');
});
afterEach(() => chat.close());

it('tells the chat what became of a deploy', async () => {
	expect(await announced(place, secrets(), 'deploy of 4c0719a', async () => 'done')).toBe('done');
	const failing = announced(place, secrets(), 'deploy of 5c2740f', () =>
		Promise.reject(new Error('No disk.'))
	);
	await expect(failing).rejects.toThrow('No disk.');
	expect(said.splice(0)).toEqual([
		'prod: deploy of 4c0719a, done.',
		'prod: deploy of 5c2740f, failed. No disk.'
	]);
});

it('keeps quiet where no chat is named', async () => {
	await announced(place, { login: undefined, settings: { WEBHOOK_URL: '' } }, 'deploy', async () => {});
	expect(said).toEqual([]);
});
