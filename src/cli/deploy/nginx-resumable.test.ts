import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Cast, startWedding } from '../../testing/nginx-site.ts';
import { missing } from '../../testing/nginx-stage.ts';
import { wave } from '../../testing/wave.ts';

const MB = 1 << 20;
const PIECE = 'application/offset+octet-stream';

describe.skipIf(missing)('a resumable upload through nginx', () => {
	let cast: Cast;
	let own: Record<string, string>;
	const ask: Cast['nginx']['ask'] = (path, question) =>
		cast.nginx.ask(path, { ...question, headers: { ...own, ...question?.headers } });

	beforeAll(async () => {
		cast = await startWedding(inject('databases'));
		const couple = await cast.signIn({ accountId: cast.couple.accountId });
		own = { ...couple, origin: cast.origin, 'tus-resumable': '1.0.0' };
	}, 120_000);
	afterAll(() => cast?.stop());

	/** Sends the beginning of a piece, and is gone. */
	async function cut(path: string, offset: number, beginning: Buffer): Promise<void> {
		const { https, ca } = cast.nginx;
		const { host } = new URL(cast.origin);
		const piece = { 'content-type': PIECE, 'upload-offset': String(offset) };
		const fields = { host, ...own, ...piece, 'content-length': String(8 * MB) };
		const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
		const socket = connect({ host: '127.0.0.1', port: https, servername: host.split(':')[0], ca });
		socket.on('error', () => {}).write(`PATCH ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
		// not destroyed: with TLS' tickets unread that is a reset, which takes back what nginx has not read
		socket.resume().end(beginning);
		await once(socket, 'close');
	}

	it('comes in pieces of 8 MB, and goes on after a cut', async () => {
		const file = wave(20 * MB);
		const head = { 'upload-length': String(file.length), 'upload-metadata': `filename ${btoa('long.wav')}` };
		const begun = await ask('/api/uploads', { method: 'POST', headers: head });
		expect(begun.status).toBe(201);
		const path = begun.headers.location!;
		expect(path).toMatch(/^\/api\/uploads\/[\da-f-]{36}$/);
		const send = (at: number) =>
			ask(path, {
				method: 'PATCH',
				headers: { 'content-type': PIECE, 'upload-offset': String(at) },
				body: file.subarray(at, at + 8 * MB)
			});
		const offset = async () => Number((await ask(path, { method: 'HEAD' })).headers['upload-offset']);

		const first = await send(0);
		expect([first.status, first.headers['upload-offset']]).toEqual([204, String(8 * MB)]);
		await cut(path, 8 * MB, file.subarray(8 * MB, 11 * MB));
		await expect.poll(offset, { timeout: 10_000 }).toBeGreaterThan(8 * MB);
		for (let at = await offset(); at < file.length; at += 8 * MB) expect((await send(at)).status).toBe(204);

		const { headers } = await ask(path, { method: 'HEAD' });
		expect(headers['content-location']).toMatch(/^\/recordings\//);
		const { body } = await ask(`${headers['content-location']}/audio?original=1`);
		expect(body.equals(file)).toBe(true);
	});

	it('may be left, and asks no leave of another site', async () => {
		const { headers } = await ask('/api/uploads', { method: 'POST', headers: { 'upload-length': '100' } });
		const path = headers.location!;
		const options = await ask(path, { method: 'OPTIONS' });
		expect([options.status, options.headers['tus-version']]).toEqual([204, '1.0.0']);
		const foreign = await ask(path, { method: 'DELETE', headers: { origin: 'https://evil.example' } });
		expect(foreign.status).toBe(403);
		expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
		expect((await ask(path, { method: 'HEAD' })).status).toBe(404);
	});
});
