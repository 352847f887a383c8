import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { request as askHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect, type ConnectionOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { missing, type Stage, startNginx } from '../../testing/nginx-stage.ts';

const HOST = 'anna-and-ben.example';
const FLOOD = 300;

/** What nginx does by itself, in front of servers that show it. */
describe.skipIf(missing)('nginx', () => {
	const stops: (() => unknown)[] = [];
	afterEach(async () => {
		for (const stop of stops.splice(0).reverse()) await stop();
	});

	/** A server in the place of the site; gives its port. */
	async function site(answer: RequestListener): Promise<number> {
		const server: Server = createServer(answer).listen(0, '127.0.0.1');
		await once(server, 'listening');
		stops.push(() => (server.closeAllConnections(), server.close()));
		return (server.address() as AddressInfo).port;
	}

	const before = (...ports: number[]) => behind([], ...ports);

	/** With what stands in front of it. */
	async function behind(proxies: string[], ...ports: number[]): Promise<Stage> {
		const nginx = await startNginx(HOST, ports, { proxies });
		stops.push(nginx.stop);
		return nginx;
	}

	/** A request whose body is written piece by piece. */
	function open({ https, ca }: Stage, path: string, headers: Record<string, string> = {}) {
		const where = { host: '127.0.0.1', port: https, servername: HOST, ca, agent: false };
		return askHttps({ ...where, path, method: 'POST', headers: { host: HOST, ...headers } });
	}

	it('writes over whatever a client claims to be', async () => {
		const echo = await site(({ headers }, response) => response.end(JSON.stringify(headers)));
		const { ask, https } = await before(echo);
		const claims = {
			host: 'evil.example',
			forwarded: 'for=192.0.2.1;host=evil.example',
			'x-real-ip': '192.0.2.1',
			'x-forwarded-for': '192.0.2.1',
			'x-forwarded-host': 'evil.example',
			'x-forwarded-proto': 'http',
			'x-request-id': 'mine'
		};
		const seen = JSON.parse(String((await ask('/auth/verify/x', { headers: claims })).body));
		const own = `${HOST}:${https}`;
		expect(seen).toMatchObject({
			host: own,
			'x-real-ip': '127.0.0.1',
			'x-forwarded-for': '127.0.0.1',
			'x-forwarded-host': own,
			'x-forwarded-proto': 'https',
			'x-request-id': expect.stringMatching(/^[\da-f]{32}$/)
		});
		expect(seen).not.toHaveProperty('forwarded');
	});

	it('tells the site which of its hosts was asked, by that host’s own certificate', async () => {
		const echo = await site(({ headers }, response) => response.end(headers.host));
		const eva = 'eva-and-tom.example';
		const nginx = await startNginx(HOST, [echo], { others: [eva] });
		stops.push(nginx.stop);
		const { ask, askAt, https } = nginx;
		expect(String((await ask('/')).body)).toBe(`${HOST}:${https}`);
		expect(String((await askAt(eva, '/')).body)).toBe(`${eva}:${https}`);
		expect((await askAt(eva, '/x?y', { http: true })).headers.location).toBe(`https://${eva}:${https}/x?y`);
		// a name that nginx does not know never gets through
		const forged = await askAt(eva, '/', { headers: { host: 'evil.example' } });
		expect(String(forged.body)).toBe(`${HOST}:${https}`);

		const flood = await Promise.all(Array.from({ length: FLOOD }, () => ask('/i/CODE')));
		expect(flood.some(({ status }) => status === 429)).toBe(true);
		expect((await askAt(eva, '/i/CODE')).status).toBe(200);
	});

	it('speaks TLS 1.2 and 1.3 with the ciphers of today, and nothing older', async () => {
		const { https, ca } = await before(await freePort());
		const greet = (options: ConnectionOptions) => {
			const socket = connect({ host: '127.0.0.1', port: https, servername: HOST, ca, ...options });
			return new Promise((resolve) => {
				socket.once('secureConnect', () => resolve(socket.getProtocol()));
				socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
			}).finally(() => socket.destroy());
		};
		expect(await greet({})).toBe('TLSv1.3');
		expect(await greet({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
		// the alert is nginx's: this end would go on
		const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
		expect(await greet(old)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
		const weak = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' } as const;
		expect(await greet(weak)).toMatch(/ALERT_HANDSHAKE_FAILURE/);
	});

	it('stops a flood at the doors with a page that says when to come back, and nobody else', async () => {
		const { ask, log } = await before(await site((_, response) => response.end('welcome')));
		const answers = await Promise.all(Array.from({ length: FLOOD }, (_, at) => ask(`/i/CODE${at}`)));
		const refused = answers.filter(({ status }) => status === 429);
		// a whole party at once comes in
		expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(200);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused[0]!.headers['retry-after']).toBe('30');
		expect(String(refused[0]!.body)).toContain('Zo weer terug');
		expect((await ask('/recordings')).status).toBe(200);
		expect(log('access') + log('error')).not.toContain('CODE');
	});

	it('believes a proxy in front of it, and nobody else, whose a request is', async () => {
		const echo = await site(({ headers }, response) => response.end(headers['x-real-ip']));
		const list = { 'x-forwarded-for': '192.0.2.1, 203.0.113.7, 198.51.100.2' };
		const seen = async ({ ask }: Stage) => String((await ask('/', { headers: list })).body);
		expect(await seen(await behind(['127.0.0.1', '198.51.100.0/24'], echo))).toBe('203.0.113.7');
		expect(await seen(await behind(['203.0.113.9'], echo))).toBe('127.0.0.1');
	});

	it('takes the addresses that one household has for one, and those of two for two', async () => {
		const { ask } = await behind(['127.0.0.1'], await site((_, response) => response.end('welcome')));
		const flood = async (address: (at: number) => string) => {
			const headers = (at: number) => ({ 'x-forwarded-for': address(at) });
			const asked = Array.from({ length: FLOOD }, (_, at) => ask('/i/CODE', { headers: headers(at) }));
			return new Set((await Promise.all(asked)).map(({ status }) => status));
		};
		expect(await flood((at) => `2001:db8:1:2::${at.toString(16)}`)).toEqual(new Set([200, 429]));
		expect(await flood((at) => `2001:db8:1:1${at.toString(16)}::1`)).toEqual(new Set([200]));
		expect(await flood((at) => `::ffff:192.0.${at >> 8}.${at & 255}`)).toEqual(new Set([200]));
	});

	it('passes a stream of events on as it comes', async () => {
		let ended = false;
		const port = await site((_, response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
			response.write('data: first\n\n');
			response.once('close', () => (ended = true));
		});
		const events = open(await before(port), '/any', { accept: 'text/event-stream' }).end();
		const [response] = await once(events, 'response');
		const [first] = await once(response, 'data');
		expect(String(first)).toBe('data: first\n\n');
		expect([response.headers['content-encoding'], ended]).toEqual([undefined, false]);
		events.on('error', () => {}).destroy();
		await expect.poll(() => ended).toBe(true);
	});

	it('passes an upload on as it comes, and a form when it is whole', async () => {
		const seen: string[] = [];
		const port = await site((request, response) => {
			seen.push(request.url!);
			request.once('data', () => seen.push('first bytes'));
			void text(request).then((body) => response.end(String(body.length)));
		});
		const nginx = await before(port);
		const pieces = { 'content-length': '2000' };

		const form = open(nginx, '/form', pieces);
		form.write('a'.repeat(1000));
		const upload = open(nginx, '/api/upload', pieces);
		upload.write('a'.repeat(1000));
		await expect.poll(() => seen).toEqual(['/api/upload', 'first bytes']);
		for (const request of [upload, form]) {
			request.end('a'.repeat(1000));
			const [response] = await once(request, 'response');
			expect(await text(response)).toBe('2000');
		}
	});

	it('shows a page of its own while the site is away, in every language', async () => {
		const { ask, log } = await before(await freePort());
		for (const method of ['GET', 'POST']) {
			const { status, headers, body } = await ask('/i/CODE', { method });
			expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '30', 'no-store']);
			expect(headers['strict-transport-security']).toBe('max-age=31536000');
			expect(String(body)).toMatch(/Back in a minute[^]*Zo weer terug/);
		}
		expect(log('access') + log('error')).not.toContain('CODE');
		await ask('/recordings');
		expect(log('error')).toContain('connect() failed');
	});

	it('lets what the site itself refuses pass as it is', async () => {
		const port = await site((_, response) =>
			response.writeHead(503, { 'retry-after': '5' }).end('the database is away')
		);
		const { status, headers, body } = await (await before(port)).ask('/');
		expect([status, headers['retry-after'], String(body)]).toEqual([503, '5', 'the database is away']);
	});

	it('asks another copy again, but never for a second answer to a form', async () => {
		const posts: string[] = [];
		const broken = () =>
			site((request) => {
				if (request.method === 'POST') posts.push(request.url!);
				request.socket.destroy();
			});
		const { ask } = await before(await broken(), await site((_, response) => response.end('here')));
		for (let i = 0; i < 4; i++) expect((await ask('/')).status).toBe(200);
		const alone = await before(await broken(), await broken());
		expect((await alone.ask('/rsvp', { method: 'POST', body: 'yes' })).status).toBe(503);
		expect(posts).toEqual(['/rsvp']);
	});

	it('still has the scripts of a page that was opened before a deploy', async () => {
		let asked = 0;
		const server = createServer((_, response) => {
			asked++;
			response.setHeader('cache-control', 'public,max-age=31536000,immutable').end('export {}');
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { ask } = await before((server.address() as AddressInfo).port);
		const script = '/_app/immutable/chunks/a.js';
		expect((await ask(script)).status).toBe(200);
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
		const kept = await ask(script);
		expect([kept.status, String(kept.body), asked]).toEqual([200, 'export {}', 1]);
		expect((await ask('/_app/immutable/chunks/b.js')).status).toBe(503);
	});
});
