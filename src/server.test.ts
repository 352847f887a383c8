import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { guard, isTooLarge } from './lib/kernel/http/incoming.server.ts';
import type { Handler, Running } from './server.ts';
import { open, site, url } from './testing/server.ts';

/** Sends `head` and then as much as the server takes, up to `most` bytes; returns its answer and how much went out. */
async function pour(
	{ port }: Running,
	head: string,
	most: number
): Promise<{ answer: string; sent: number }> {
	const socket = connect(port, '127.0.0.1').on('error', () => {});
	const answer = text(socket).catch(() => '');
	socket.write(`${head}\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
	const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
	let sent = 0;
	while (sent < most && socket.writable) {
		sent += 0x10000;
		// not events.once(): an error that follows an answer is none
		if (!socket.write(chunk))
			await new Promise<void>((go) => socket.once('drain', () => go()).once('close', () => go()));
	}
	return { answer: await answer, sent };
}

describe('every answer', () => {
	it('carries the headers that keep a browser strict', async () => {
		const { headers } = await fetch(url(await open((_, response) => response.end('hello'))));
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toMatch(
			/^default-src 'self'; .*img-src 'self' data: blob:/
		);
		expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
		expect(headers.get('strict-transport-security')).toBeNull();
	});

	it('carries them also when the site is not asked at all', async () => {
		const server = await open((_, __, next) => next());
		const asked = {
			400: 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
			404: 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
			431: `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`,
			'400 Bad Request': 'GARBAGE\r\n\r\n'
		};
		for (const [status, request] of Object.entries(asked)) {
			const socket = connect(server.port, '127.0.0.1').on('error', () => {});
			socket.write(request);
			const answer = await text(socket);
			expect(answer).toContain(`HTTP/1.1 ${status}`);
			expect(answer).toMatch(/content-security-policy: default-src 'self'; object-src 'none'/i);
			expect(answer).toMatch(/x-content-type-options: nosniff/i);
		}
	});

	it('is none when it cannot be finished, at once or later, and the next one is', async () => {
		const server = await open((request, response) => {
			if (request.url === '/now') throw new Error('gone');
			if (request.url === '/later') return Promise.reject(new Error('gone'));
			response.end();
		});
		await expect(fetch(url(server, '/now'))).rejects.toThrow('fetch failed');
		await expect(fetch(url(server, '/later'))).rejects.toThrow('fetch failed');
		expect((await fetch(url(server))).status).toBe(200);
	});

	it('asks for https from then on where the site has it', async () => {
		const server = await open((_, response) => response.end(), { ORIGIN: 'https://anna-and-ben.example' });
		expect((await fetch(url(server))).headers.get('strict-transport-security')).toBe('max-age=31536000');
	});
});

describe('a request', () => {
	it('that does not say what it wants or sends is taken for a browser’s', async () => {
		const server = await open((request, response) => {
			const { accept, 'content-type': type } = request.headers;
			response.end(JSON.stringify({ accept, type }));
		});
		const seen = async (method: string, headers = {}) =>
			(await fetch(url(server), { method, headers })).json();
		const form = 'application/x-www-form-urlencoded';
		expect(await seen('POST')).toEqual({ accept: 'text/html', type: form });
		expect(await seen('GET')).toEqual({ accept: 'text/html' });
		expect(await seen('POST', { accept: 'application/json' })).toEqual({
			accept: 'application/json',
			type: form
		});
	});

	it('has the address that the proxy names, and else its own', async () => {
		const handler: Handler = (request, response) => response.end(request.headers['x-real-ip']);
		const server = await open(handler, { ADDRESS_HEADER: 'X-Real-IP' });
		expect(await (await fetch(url(server), { headers: { 'x-real-ip': '192.0.2.7' } })).text()).toBe(
			'192.0.2.7'
		);
		expect(await (await fetch(url(server))).text()).toBe('127.0.0.1');
	});
});

describe('what is asked for', () => {
	const echo: Handler = (request, response) => response.end(request.url);
	const ask = async (target: string) => {
		const { port } = await open(echo);
		const socket = connect(port, '127.0.0.1');
		socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
		return (await text(socket)).split('\r\n\r\n')[1];
	};

	it('is the same for all that look at it: a path without dots, and a query', async () => {
		expect(await ask('/a/./b/../c?d=/../e')).toBe('/a/c?d=/../e');
		expect(await ask('//elsewhere.example/a')).toBe('//elsewhere.example/a');
		expect(await ask('/i/caf%C3%A9')).toBe('/i/caf%C3%A9');
		expect(await ask('http://elsewhere.example/a/../b?c')).toBe('/b?c');
	});

	it('is refused when it is no address', async () => {
		for (const target of ['*', 'http://', 'javascript:1', 'elsewhere']) {
			const { port } = await open(echo);
			const socket = connect(port, '127.0.0.1');
			socket.write(`OPTIONS ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
			expect(await text(socket)).toContain('400 Bad Request');
		}
	});
});

describe('a body', () => {
	const length = site(async (request) => new Response(String((await request.arrayBuffer()).byteLength)));
	const post = (server: Running, path: string, body: BodyInit) =>
		fetch(url(server, path), { method: 'POST', body });

	it('may have 512 kB, and more only at the upload', () => {
		const announced = (path: string, bytes: number, method = 'POST') =>
			isTooLarge(
				new Request(`https://anna-and-ben.example${path}`, {
					method,
					headers: { 'content-length': String(bytes) }
				})
			);
		expect(announced('/rsvp', 512 * 1024)).toBe(false);
		expect(announced('/rsvp', 512 * 1024 + 1)).toBe(true);
		expect(announced('/api/uploader', 600_000)).toBe(true);
		expect(announced('/api/upload/../rsvp', 600_000)).toBe(true);
		expect(announced('/api/upload', 600_000, 'PUT')).toBe(true);
		expect(announced('/api/upload?key=1', 5_000_000)).toBe(false);
	});

	it('may be large at the upload', async () => {
		const server = await open(length);
		expect(await (await post(server, '/api/upload?key=1', 'x'.repeat(5_000_000))).text()).toBe('5000000');
	});

	it('without a length is refused as soon as it is too long', async () => {
		const { answer, sent } = await pour(await open(length), 'POST /rsvp HTTP/1.1', 2 ** 28);
		expect(answer).toContain('413 Payload Too Large');
		expect(sent).toBeLessThan(2 ** 26);
	});

	it.each([
		'/api/upload/../rsvp',
		'/api/upload/%2e%2E/rsvp',
		'/api/upload\\..\\..\\rsvp',
		'http://x/api/upload/../rsvp'
	])('may be large at the upload alone, and not at %s', async (path) => {
		const { answer, sent } = await pour(await open(length), `POST ${path} HTTP/1.1`, 2 ** 28);
		expect(answer).toContain('413 Payload Too Large');
		expect(sent).toBeLessThan(2 ** 26);
	});

	it('is not read to its end when the answer comes before that', async () => {
		let received = 0;
		const refuse = site(() => new Response('sign in', { status: 401 }));
		const server = await open((request, response) => {
			request.on('data', (chunk) => (received += chunk.length));
			return refuse(request, response);
		});
		const { answer } = await pour(server, 'POST /api/upload HTTP/1.1', 2 ** 28);
		expect(answer).toContain('401 Unauthorized');
		expect(answer.toLowerCase()).toContain('connection: close');
		expect(answer).toContain('sign in');
		expect(received).toBeLessThan(2 ** 20);
	});

	it('that stops coming is waited for no longer, but may be slow at the upload', async () => {
		const http = createServer((request, response) => {
			guard(request, response, 2000);
			request.resume().on('end', () => response.end('got it'));
		}).listen(0, '127.0.0.1');
		await once(http, 'listening');
		const { port } = http.address() as AddressInfo;
		const send = async (path: string, pieces: number) => {
			const socket = connect(port, '127.0.0.1').on('error', () => {});
			const answer = text(socket).catch(() => '');
			socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n`);
			for (let sent = 0; sent < pieces; sent++) await sleep(400).then(() => socket.write('x'));
			return answer;
		};
		const answers = await Promise.all([send('/api/upload', 6), send('/api/upload', 5), send('/rsvp', 6)]);
		expect(answers.map((answer) => answer.includes('got it'))).toEqual([true, false, false]);
		http.close();
	});

	it('keeps the connection of someone who sends and is answered in order', async () => {
		const server = await open(length);
		const { headers } = await post(server, '/rsvp', 'hello');
		expect(headers.get('connection')).toBe('keep-alive');
	});
});
