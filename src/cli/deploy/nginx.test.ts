import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type Cast, startWedding } from '../../testing/nginx-site.ts';
import { type Answer, missing } from '../../testing/nginx-stage.ts';
import { ACCEL_PREFIX } from './vhost.ts';

const FORM = 'application/x-www-form-urlencoded';
const MB = 1 << 20;
/** a WAV of noise */
const sound = Buffer.concat([
	Buffer.from('RIFF....WAVEfmt \x10\0\0\0\x01\0\x02\0........\x04\0\x10\0data....', 'latin1'),
	randomBytes(6 * MB)
]);
sound.writeUInt32LE(sound.length - 8, 4);
sound.writeUInt32LE(44100, 24);
sound.writeUInt32LE(176400, 28);
sound.writeUInt32LE(sound.length - 44, 40);

describe.skipIf(missing)('the site behind nginx', () => {
	let cast: Cast;
	let couple: Record<string, string>;
	let guest: Record<string, string>;
	let id: string;
	const ask: Cast['nginx']['ask'] = (path, question) => cast.nginx.ask(path, question);

	beforeAll(async () => {
		cast = await startWedding(inject('databases'));
		couple = await cast.signIn({ accountId: cast.couple.accountId });
		guest = await cast.signIn({ householdId: cast.household.id, guestId: cast.riet.id });
		const { status, body } = await upload(sound, couple);
		expect([status, String(body)]).toEqual([201, expect.any(String)]);
		id = JSON.parse(String(body)).id;
		// guests hear it once its copy is made
		const isThere = async () => (await ask(`/recordings/${id}`, { headers: guest })).status === 200;
		await vi.waitUntil(isThere, { timeout: 60_000, interval: 200 });
	}, 90_000);
	afterAll(() => cast?.stop());

	function upload(file: Buffer, headers: Record<string, string>) {
		const part = (head: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
		const body = Buffer.concat([
			Buffer.from(part('name="file"; filename="toast.wav"\r\nContent-Type: audio/wav')),
			file,
			Buffer.from(`\r\n${part('name="title"')}Toast\r\n--x--\r\n`)
		]);
		const type = { 'content-type': 'multipart/form-data; boundary=x', accept: 'application/json' };
		return ask('/api/upload', { method: 'POST', headers: { ...headers, ...type }, body });
	}

	/** Sends only the head of a request whose body would have this length, and gives the page that answers. */
	function announce(path: string, length: number, headers: Record<string, string>): Promise<string> {
		const { https, ca } = cast.nginx;
		const { host } = new URL(cast.origin);
		const fields = { host, ...headers, 'content-type': FORM, 'content-length': String(length) };
		const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
		const socket = connect({ host: '127.0.0.1', port: https, servername: host.split(':')[0], ca });
		socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
		return new Promise((resolve, reject) => {
			let answer = '';
			socket.once('error', reject).on('data', (data) => {
				answer += String(data);
				if (!answer.includes('</html>')) return;
				socket.destroy();
				resolve(answer);
			});
		});
	}

	it('is accepted by nginx without a warning', () => {
		const { verdict } = cast.nginx;
		expect(verdict).toContain('test is successful');
		// from 1.25 on nginx would rather have a word that 1.22 does not know
		expect(verdict.replace(/.*"listen ... http2" directive is deprecated.*\n/g, '')).not.toContain('warn');
	});

	it('sends everybody to https, but not whoever checks for a certificate', async () => {
		const { status, headers } = await ask('/recordings?x=1', { http: true });
		expect([status, headers.location]).toEqual([301, `${cast.origin}/recordings?x=1`]);
		const proof = join(cast.nginx.folder, 'challenges/.well-known');
		expect((await ask('/.well-known/acme-challenge/proof', { http: true })).status).toBe(404);
		mkdirSync(join(proof, 'acme-challenge'), { recursive: true });
		writeFileSync(join(proof, 'acme-challenge/proof'), 'it is us');
		const found = await ask('/.well-known/acme-challenge/proof', { http: true });
		expect([found.status, String(found.body)]).toEqual([200, 'it is us']);
	});

	it('speaks HTTP/2', async () => {
		const session = connectHttp2(cast.origin, {
			ca: cast.nginx.ca,
			lookup: (_, __, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
		});
		const stream = session.request({ ':path': '/login' });
		const { ':status': status } = await new Promise<Record<string, unknown>>((resolve, reject) =>
			stream.once('response', resolve).once('error', reject)
		);
		expect([session.alpnProtocol, status]).toEqual(['h2', 200]);
		session.destroy();
	});

	it('mails its own address, whatever the request claims', async () => {
		const { status } = await ask('/auth/send-link', {
			method: 'POST',
			headers: {
				host: 'evil.example',
				'x-forwarded-host': 'evil.example',
				'x-forwarded-proto': 'http',
				'x-forwarded-for': '203.0.113.9',
				forwarded: 'host=evil.example;proto=http',
				origin: cast.origin,
				'content-type': FORM
			},
			body: `email=${encodeURIComponent(cast.email)}`
		});
		expect(status).toBe(303);
		const mail = await cast.mail();
		expect(/https?:\S+verify\S+/.exec(mail)![0]).toMatch(
			new RegExp(`^${cast.origin}/auth/verify/[\\w-]{43}$`)
		);
		expect(mail).not.toContain('evil');
	});

	describe('a recording', () => {
		const get = (headers: Record<string, string> = {}, method = 'GET') =>
			ask(`/recordings/${id}/audio?original=1`, { method, headers: { ...guest, ...headers } });

		it('arrives as it was sent, from nginx', async () => {
			const { status, body } = await get();
			expect(status).toBe(200);
			const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
			expect(sum(body)).toBe(sum(sound));
			// HEAD is the site's own: as many bytes from it as from nginx, and not one more
			expect((await get({}, 'HEAD')).headers['content-length']).toBe(String(sound.length));
		});

		it('is played from a copy, in the same way', async () => {
			const { status, headers, body } = await ask(`/recordings/${id}/audio`, { headers: guest });
			expect([status, headers['content-type']]).toEqual([200, 'audio/mp4']);
			expect(headers['content-disposition']).toBe('inline; filename="toast.m4a"');
			expect(body.toString('latin1', 4, 8)).toBe('ftyp');
			expect(headers['content-length']).toBe(String(body.length));
		});

		it('has every header that the site itself would give it', async () => {
			const own = ({ headers: { date: _, connection: __, server: ___, ...rest } }: Answer) => rest;
			const [whole, head] = [own(await get()), own(await get({}, 'HEAD'))];
			const id = expect.stringMatching(/^[\da-f]{8}$/);
			expect({ ...whole, 'x-request-id': id }).toEqual({ ...head, 'x-request-id': id });
			expect(whole['x-request-id']).toEqual(id);
			expect(whole).toMatchObject({
				'content-type': 'audio/wav',
				'content-disposition': 'attachment; filename="toast.wav"',
				'content-security-policy': "sandbox; default-src 'none'",
				'cache-control': 'private, no-cache',
				'cross-origin-resource-policy': 'same-origin',
				'strict-transport-security': 'max-age=31536000',
				'x-content-type-options': 'nosniff'
			});
			expect(whole).not.toHaveProperty('x-accel-redirect');
		});

		it.each([
			['bytes=0-1', 0, 1],
			['bytes=0-0', 0, 0],
			['bytes=-100', sound.length - 100, sound.length - 1],
			[`bytes=${sound.length - 5}-`, sound.length - 5, sound.length - 1]
		])('comes in exact parts: %s', async (range, first, last) => {
			const { status, headers, body } = await get({ range });
			expect([status, headers['content-range']]).toEqual([206, `bytes ${first}-${last}/${sound.length}`]);
			expect(Buffer.compare(body, sound.subarray(first, last + 1))).toBe(0);
			expect(headers['content-security-policy']).toContain('sandbox');
		});

		it('is as long as it is, and a part of another version is the whole', async () => {
			const beyond = await get({ range: `bytes=${sound.length}-` });
			expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${sound.length}`]);
			const { etag = '', 'last-modified': date = '' } = (await get({}, 'HEAD')).headers;
			for (const current of [etag, date])
				expect((await get({ range: 'bytes=0-1', 'if-range': current })).status).toBe(206);
			for (const other of ['"other"', `W/${etag}`, new Date(0).toUTCString()])
				expect((await get({ range: 'bytes=0-1', 'if-range': other })).status).toBe(200);
			expect((await get({ range: 'bytes=0-0,2-2' })).status).toBe(200);
			expect((await get({ range: 'bytes=0-1' }, 'HEAD')).status).toBe(200);
			const known = await get({ 'if-none-match': etag });
			expect([known.status, known.headers.etag]).toEqual([304, etag]);
		});

		it('is nobody else’s', async () => {
			const inside = `${ACCEL_PREFIX}${id}/original.wav`;
			expect(readdirSync(join(cast.nginx.folder, 'uploads', id))).toContain('original.wav');
			const others = [{}, await cast.signInElsewhere()];
			for (const headers of others)
				expect((await ask(`/recordings/${id}/audio`, { headers })).status).toBe(404);
			for (const headers of [...others, guest, couple]) {
				const { status, body } = await ask(inside, { headers });
				expect([status, body.length < 1000]).toEqual([404, true]);
			}
			expect((await get()).status).toBe(200);
		});
	});

	it('passes on everything as one file, whole and from the middle on', async () => {
		const path = '/recordings/all.zip';
		const whole = await ask(path, { headers: couple });
		expect([whole.status, whole.headers['content-length']]).toEqual([200, String(whole.body.length)]);
		expect(whole.body.includes(sound)).toBe(true);
		const { etag } = whole.headers;
		const rest = await ask(path, { headers: { ...couple, range: `bytes=${MB}-`, 'if-range': etag! } });
		expect([rest.status, rest.body.equals(whole.body.subarray(MB))]).toEqual([206, true]);
	});

	it('takes forms of a megabyte, and leaves the size of recordings to the site', async () => {
		const headers = { ...couple, 'content-type': FORM };
		const form = await ask('/auth/send-link', { method: 'POST', headers, body: Buffer.alloc(2 * MB, 'a') });
		expect([form.status, String(form.body)]).toEqual([413, expect.stringContaining('Dat is te groot.')]);
		const refused = await announce('/api/upload', 511 * MB, couple);
		expect(refused).toMatch(/^HTTP\/1.1 413/);
		expect(refused).toContain('500 MB');
		expect(await announce('/api/upload', 509 * MB, {})).toMatch(/^HTTP\/1.1 403/);
		expect(await announce('/api/upload', 509 * MB, { origin: cast.origin })).toMatch(/^HTTP\/1.1 401/);
		const stranger = await upload(sound, { origin: cast.origin });
		expect(stranger.status).toBe(401);
	});

	it('tells the world that it is up, and nothing of what is inside', async () => {
		expect((await ask('/health/live')).status).toBe(200);
		for (const path of ['/metrics', '/health/ready', '//metrics', '/%6detrics', '/x/../metrics?x=1']) {
			const { status, body } = await ask(path);
			// the site is not even asked
			expect([status, String(body)], path).toEqual([404, expect.stringContaining('<center>nginx</center>')]);
		}
		expect((await ask('/login')).headers.server).toBe('nginx');
	});

	it('says each of its strict headers once', async () => {
		for (const path of ['/login', '/metrics', '/favicon.svg']) {
			const { headers } = await ask(path);
			expect(headers['strict-transport-security'], path).toBe('max-age=31536000');
			expect(headers['x-content-type-options'], path).toBe('nosniff');
		}
	});

	it('squeezes what holds no secret, and not what an attacker could measure', async () => {
		const encoding = async (path: string, headers = {}) =>
			(await ask(path, { headers: { ...headers, 'accept-encoding': 'gzip' } })).headers['content-encoding'];
		expect(await encoding('/login')).toBe('gzip');
		expect(await encoding('/', guest)).toBe('gzip');
		expect(await encoding('/couple/guests?q=Riet', couple)).toBeUndefined();
		expect(await encoding(`/i/${cast.household.code}`)).toBeUndefined();
	});

	it('writes no token, code or search into a log', async () => {
		const { code } = cast.household;
		const token = 'a'.repeat(20) + 'Secret';
		const paths = [
			`/i/${code}`,
			`/i?code=${code}`,
			`/I/${code}`,
			`//i/${code}/__data.json`,
			`/%69/${code}`,
			`/login?next=%2Fi%2F${code}`,
			`/auth/verify/${token}`,
			`/couple/guests?q=${token}`,
			`/feed/${token}`,
			`/seats/${token}`,
			`/door/in/${token}`,
			`/feed/${token}/${id}.m4a`
		];
		for (const path of paths) {
			for (const http of [false, true]) await ask(path, { http, headers: { referer: cast.origin + path } });
		}
		const logs = cast.nginx.log('access') + cast.nginx.log('error');
		expect(logs).toMatch(/"POST \/auth\/verify\/\*\*\* HTTP\/1.1" 303/);
		expect(logs).toContain('"GET /i/*** HTTP/1.1" 200');
		expect(logs).toContain('"GET /feed/*** HTTP/1.1" 404');
		expect(logs).not.toMatch(new RegExp(`${code}|Secret|verify/[^*]`));
	});

	it('moves to another copy of itself without losing a request', async () => {
		const copy = await cast.startCopy();
		const statuses: Promise<number | string>[] = [];
		const every = setInterval(() => {
			const asked = statuses.length % 2 ? ask('/recordings', { headers: guest }) : ask('/login');
			statuses.push(asked.then(({ status }) => status, String));
		}, 50);
		await sleep(1000);
		cast.nginx.switchTo(copy.port);
		await sleep(1000);
		await cast.stopFirst();
		await sleep(1000);
		clearInterval(every);
		expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
		expect(statuses.length).toBeGreaterThan(10);
	});
});
