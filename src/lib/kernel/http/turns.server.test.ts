import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type Handler, type Running, serve } from '../../../server.ts';

let server: Running;
afterEach(() => server.stop());

const ADDRESS = { ORIGIN: 'http://localhost:3000', HOST: '127.0.0.1', PORT: 0, PROXIES: 1 };
const serving = async (handler: Handler) =>
	(server = await serve(handler, { ...ADDRESS, ADDRESS_HEADER: undefined }));
const ask = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();

describe('one connection', () => {
	const PATH = /^\/(\d+)$/;

	it('that asks thousands of times at once is cut off, and nobody waits for it', async () => {
		let answered = 0;
		await serving((request, response) => {
			if (PATH.test(request.url!)) answered++;
			const until = performance.now() + 2;
			while (performance.now() < until);
			response.end(String(answered));
		});
		const greedy = connect(server.port, '127.0.0.1').on('error', () => {});
		const gone = new Promise((resolve) => greedy.resume().once('close', resolve));
		greedy.write(Array.from({ length: 6000 }, (_, n) => `GET /${n} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
		await expect.poll(() => answered).toBeGreaterThan(0);
		const before = Number(await ask('/'));
		await gone;
		expect([before < 60, answered < 60]).toEqual([true, true]);
	});

	it('that asks a few times ahead has all answers in their order, and others have theirs in between', async () => {
		const begun: string[] = [];
		await serving(async (request, response) => {
			begun.push(request.url!);
			if (request.url === '/3') await ask('/other');
			response.end(request.url);
		});
		const socket = connect(server.port, '127.0.0.1');
		const asked = Array.from({ length: 40 }, (_, n) => `GET /${n} HTTP/1.1\r\nHost: x\r\n`);
		socket.write(`${asked.join('\r\n')}Connection: close\r\n\r\n`);
		const answers = await text(socket);
		const own = Array.from({ length: 40 }, (_, n) => `/${n}`);
		expect(answers.match(/^\/\d+/gm)).toEqual(own);
		expect(begun).toEqual(own.toSpliced(4, 0, '/other'));
	});
});
