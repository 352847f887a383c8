import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, request as connect } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receive } from './multipart.server.ts';
import type { Problem } from '../problem.ts';

const LIMIT = 3 << 20;
const TYPE = 'multipart/form-data; boundary=----beads';
let dir: string;

beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'vowtape-form-'))));
afterAll(() => rm(dir, { recursive: true }));

const field = (name: string, value: string) =>
	`------beads\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, content: Buffer | string, type = 'Content-Type: audio/mpeg\r\n') => [
	`------beads\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n${type}\r\n`,
	content,
	'\r\n'
];
const END = '------beads--\r\n';

type Sent = (Buffer | string)[];

/** A body that comes in chunks of `size` bytes, and tells how much of it was taken. */
function body(parts: Sent, size = 64 << 10) {
	const bytes = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
	const state = { taken: 0, cancelled: false };
	const stream = new ReadableStream({
		pull(controller) {
			if (state.taken === bytes.length) return controller.close();
			const chunk = bytes.subarray(state.taken, state.taken + size);
			state.taken += chunk.length;
			controller.enqueue(chunk);
		},
		cancel: () => void (state.cancelled = true)
	});
	return { stream, state, length: bytes.length };
}

function post(stream: ReadableStream, headers: Record<string, string> = {}) {
	const init = {
		method: 'POST',
		body: stream,
		headers: { 'content-type': TYPE, ...headers },
		duplex: 'half'
	};
	return new Request('http://localhost/api/upload', init as RequestInit);
}

const take = (parts: Sent, size?: number) =>
	receive(post(body(parts, size).stream), { dir, limitBytes: LIMIT });

async function refusal(attempt: Promise<unknown>): Promise<Pick<Problem, 'status' | 'code'>> {
	const { status, code } = await attempt.then(
		() => expect.unreachable(),
		(problem: Problem) => problem
	);
	expect(await readdir(dir)).toEqual([]);
	return { status, code };
}

describe('a form with a file', () => {
	test.each([1, 7, 1000, 64 << 10])('is taken byte for byte, in chunks of %i', async (size) => {
		const content = Buffer.from(
			`\r\n------bead\r\r\n${'\r\n------beads'.slice(0, -1)}\0ÿ`.repeat(size === 1 ? 9 : 900)
		);
		const received = await take(
			[field('title', 'Zoë’s toast'), ...file('Grüße.mp3', content), field('moment', ''), END],
			size
		);
		expect(received.fields).toEqual({ title: 'Zoë’s toast', moment: '' });
		expect(received.file).toMatchObject({ bytes: content.length, originalName: 'Grüße.mp3' });
		expect(content.equals(await readFile(received.file.path))).toBe(true);
		await rm(received.file.path);
	});

	test('may be as large as the limit, and not a byte larger', async () => {
		const received = await take([...file('a.wav', Buffer.alloc(LIMIT, 1)), END]);
		expect((await readFile(received.file.path)).length).toBe(LIMIT);
		await rm(received.file.path);

		const larger = [...file('a.wav', Buffer.alloc(LIMIT + 1, 1)), END];
		expect(await refusal(take(larger))).toEqual({ status: 413, code: 'upload_too_large' });
	});

	test('is on disk as it comes: of a large one hardly a megabyte waits in memory', async () => {
		const [sent, PIECES] = [createHash('sha256'), 512];
		let most = 0;
		async function* pieces() {
			const [header, , end] = file('a.wav', '').map((part) => Buffer.from(part));
			yield header;
			for (let n = 0; n < PIECES; n++) {
				const piece = randomBytes(64 << 10);
				sent.update(piece);
				const written = readdirSync(dir).map((name) => statSync(join(dir, name)).size)[0] ?? 0;
				most = Math.max(most, (n + 1) * piece.length - written);
				yield piece;
			}
			yield end;
			yield Buffer.from(END);
		}
		const source = pieces();
		const stream = new ReadableStream({
			async pull(controller) {
				const { done, value } = await source.next();
				if (done) controller.close();
				else controller.enqueue(value);
			}
		});
		const { file: received } = await receive(post(stream), { dir, limitBytes: PIECES << 16 });
		const kept = createHash('sha256').update(await readFile(received.path));
		expect(kept.digest('hex')).toBe(sent.digest('hex'));
		expect(most).toBeLessThan(1.5 * 2 ** 20);
		await rm(received.path);
	});

	test.each([
		['../../etc/cron.d/x', 'x'],
		['..\\..\\x.mp3', 'x.mp3'],
		['x\0y\u202e3pm.mp3', 'x y3pm.mp3'],
		['ж'.repeat(5000) + '.mp3', 'ж'.repeat(196) + '.mp3']
	])('named %j keeps that name for people only', async (name, shown) => {
		const received = await take([...file(name, 'sound'), END]);
		expect(received.file.originalName).toBe(shown);
		expect(received.file.path).toMatch(new RegExp(`^${dir}/[0-9a-f-]{36}$`));
		await rm(received.file.path);
	});

	test('may call a field whatever it likes, but no page is given a prototype', async () => {
		const fields = [field('__proto__', 'x'), field('constructor', 'y')];
		const received = await take([...fields, ...file('a.wav', 'sound'), END]);
		expect(Object.entries(received.fields)).toEqual([['constructor', 'y']]);
		await rm(received.file.path);
	});
});

describe('a form that is refused, and leaves nothing', () => {
	const sound = file('a.mp3', 'sound');
	test.each<[string, Sent, string]>([
		['two files', [...sound, ...sound, END], 'upload_two_files'],
		['no file', [field('title', 'x'), END], 'upload_no_file'],
		['a file that was not chosen', [...file('', ''), END], 'upload_no_file'],
		['an empty file', [...file('a.mp3', ''), END], 'upload_empty'],
		['a file without a type', [...file('a.mp3', 'sound', ''), END], 'upload_untyped'],
		[
			'1,000 fields',
			[...sound, ...Array.from({ length: 1000 }, (_, i) => field(`f${i}`, '')), END],
			'upload_too_many_fields'
		],
		['a field of 70 KB', [...sound, field('title', 'x'.repeat(70_000)), END], 'upload_fields_too_long'],
		['a body that is cut short', [...file('a.mp3', Buffer.alloc(2 << 20))], 'upload_cut_short'],
		['a body cut within its end', [...sound, '------beads-'], 'upload_cut_short'],
		['a header that is none', [`------beads\r\n<script>`, END], 'upload_malformed'],
		['no body', [], 'upload_cut_short'],
		['a lot before the first part', ['x'.repeat(2 << 20), ...sound, END], 'upload_header_too_long'],
		['a lot after the last part', [...sound, END, 'x'.repeat(2 << 20)], 'upload_header_too_long']
	])('%s', async (_, parts, code) => {
		expect(await refusal(take(parts))).toEqual({ status: 400, code });
	});

	test.each([
		['multipart/form-data', 'upload_no_boundary'],
		['multipart/form-data; boundary=""', 'upload_no_boundary'],
		['application/octet-stream', 'upload_no_form'],
		['text/plain; boundary=----beads', 'upload_no_form']
	])('one of type %s', async (type, code) => {
		const request = post(body([...sound, END]).stream, { 'content-type': type });
		expect(await refusal(receive(request, { dir, limitBytes: LIMIT }))).toEqual({ status: 400, code });
	});

	test('one without any body', async () => {
		const request = new Request('http://localhost/api/upload', {
			method: 'POST',
			headers: { 'content-type': TYPE }
		});
		const code = 'upload_cut_short';
		expect(await refusal(receive(request, { dir, limitBytes: LIMIT }))).toEqual({ status: 400, code });
	});

	test('one that announces too much, before anything is read', async () => {
		const { stream, state } = body([...file('a.wav', Buffer.alloc(1000)), END], 100);
		const request = post(stream, { 'content-length': String(LIMIT + (2 << 20)) });
		expect(await refusal(receive(request, { dir, limitBytes: LIMIT }))).toMatchObject({ status: 413 });
		expect(state.taken).toBeLessThanOrEqual(100);
	});

	test('the rest is neither read nor cancelled, so that the answer can still be sent', async () => {
		const { stream, state } = body([...sound, ...sound, 'x'.repeat(LIMIT), END]);
		await refusal(receive(post(stream), { dir, limitBytes: LIMIT }));
		expect(state).toEqual({
			taken: expect.toSatisfy((taken: number) => taken <= 3 * (64 << 10)),
			cancelled: false
		});
	});

	test.each([
		['letters', 'Content-Disposition: form-data; name="', 'a'],
		['spaces, which the parser swallows', 'Content-Disposition:', ' '],
		['lines', '', 'a: b\r\n']
	])('a part header of 400 MB of %s is given up after 32 KB', async (_, start, filler) => {
		let taken = 0;
		const chunk = Buffer.from(filler.repeat((64 << 10) / filler.length));
		const endless = new ReadableStream({
			pull(controller) {
				controller.enqueue(taken ? chunk : Buffer.from(`------beads\r\n${start}`));
				if ((taken += chunk.length) > 400e6) controller.close();
			}
		});
		const before = process.memoryUsage().rss;
		const { code } = await refusal(receive(post(endless), { dir, limitBytes: 500e6 }));
		expect(code).toBe('upload_header_too_long');
		expect(taken).toBeLessThanOrEqual(4 * (64 << 10));
		expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
	});
});

describe('over a real connection', () => {
	/** Sends the parts and then nothing more; gives back what the server made of it. */
	async function sendAndWait(parts: Sent, then: 'wait' | 'leave') {
		const outcome = Promise.withResolvers<Problem>();
		const server = createServer((incoming) => {
			// as SvelteKit does: a request that fails is a body that fails
			const stream = new ReadableStream({
				start(controller) {
					incoming.on('data', (chunk) => controller.enqueue(chunk));
					incoming.on('end', () => controller.close());
					incoming.on('error', (error) => controller.error(error));
				}
			});
			receive(post(stream), { dir, limitBytes: LIMIT }).then(outcome.reject, outcome.resolve);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const client = connect({ port, method: 'POST', headers: { 'content-length': LIMIT } }).on(
			'error',
			() => {}
		);
		client.write(
			Buffer.concat(parts.map((part) => Buffer.from(part as string))),
			() => then === 'leave' && client.destroy()
		);
		const { code } = await outcome.promise;
		client.destroy();
		server.close();
		return code;
	}

	test('a client that leaves half way leaves nothing', async () => {
		expect(await sendAndWait(file('a.wav', Buffer.alloc(LIMIT / 2)).slice(0, 2), 'leave')).toBe(
			'upload_cut_short'
		);
		expect(await readdir(dir)).toEqual([]);
	});

	test('a client that waits with its header unfinished is refused at once', async () => {
		const header = `------beads\r\nContent-Disposition: form-data; name="${'a'.repeat(66_000)}`;
		expect(await sendAndWait([header], 'wait')).toBe('upload_header_too_long');
	});
});
