import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { emailOf, expect, openUploadForm, origin, post, signIn, test } from '../testing/site.ts';

const sounds = join(import.meta.dirname, '../testing/sounds');

/** Sends a head and then `chunk` for as long as it is taken; tells what came back and how much went out. */
async function flood(head: string, chunk: Buffer, mostBytes: number) {
	const socket: Socket = connect(Number(new URL(origin()).port), '127.0.0.1');
	await once(socket, 'connect');
	let answer = '';
	let sent = 0;
	let isClosed = false;
	socket.on('data', (data) => (answer += data)).on('error', () => {});
	socket.on('close', () => (isClosed = true));
	socket.write(head);
	while (!isClosed && !answer && sent < mostBytes) {
		sent += chunk.length;
		if (!socket.write(chunk)) await anyOf(socket, 'drain', 'data', 'close');
	}
	if (!isClosed) await anyOf(socket, 'close');
	return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), answer, sent };
}

function anyOf(socket: Socket, ...events: string[]) {
	return new Promise<void>((resolve) => events.forEach((event) => socket.once(event, () => resolve())));
}

const head = (headers: Record<string, string>, line = 'POST /api/upload') =>
	[`${line} HTTP/1.1`, `host: ${new URL(origin()).host}`]
		.concat(
			Object.entries({ origin: origin(), accept: 'text/html', ...headers }).map(([n, v]) => `${n}: ${v}`)
		)
		.join('\r\n') + '\r\n\r\n';

const form = 'multipart/form-data; boundary=x';

async function cookie(page: Page): Promise<string> {
	const [session] = (await page.context().cookies()).filter(({ name }) => name === 'session');
	return `session=${session!.value}`;
}

test('a stranger who sends 500 MB is refused before a megabyte is taken', async ({ request }) => {
	const zeros = Buffer.alloc(0x10000);
	const chunk = Buffer.concat([Buffer.from('10000\r\n'), zeros, Buffer.from('\r\n')]);
	const piece = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };
	for (const [line, kind] of [
		['POST /api/upload', { 'content-type': form }],
		['POST /api/uploads', { ...piece, 'upload-length': String(500 << 20) }],
		[`PATCH /api/uploads/${crypto.randomUUID()}`, { ...piece, 'upload-offset': '0' }]
	] as const)
		for (const [name, value, bytes] of [
			['content-length', String(500 << 20), zeros],
			['transfer-encoding', 'chunked', chunk]
		] as const) {
			const { status, sent } = await flood(head({ ...kind, [name]: value }, line), bytes, 500 << 20);
			expect(status, line).toBe(401);
			// what the buffers of the kernel swallow, on both sides, counts as sent
			expect(sent).toBeLessThan(64 << 20);
		}
	expect((await request.get('/health/live')).status()).toBe(200);
});

test('a part whose header never ends is refused at once, and the process lives', async ({
	page,
	request
}) => {
	await signIn(page, emailOf('anna'));
	const opening = head({
		'content-type': form,
		cookie: await cookie(page),
		'content-length': String(400 << 20)
	});
	const { status, sent } = await flood(`${opening}--x\r\nX-Long: `, Buffer.alloc(64 * 1024, 'a'), 400 << 20);
	expect(status).toBe(400);
	expect(sent).toBeLessThan(64 << 20);
	expect((await request.get('/health/live')).status()).toBe(200);
});

test('a resumable upload is begun, gone on with and ended from this site alone, and never given out', async ({
	page
}) => {
	await signIn(page, emailOf('anna'));
	const version = { 'tus-resumable': '1.0.0' };
	const ask = (method: string, path: string, from: string, more = {}) =>
		page.request.fetch(path, { method, headers: { ...version, origin: from, ...more }, maxRedirects: 0 });
	const length = { 'upload-length': '100' };
	for (const foreign of ['https://evil.example', 'null', `${origin()}.evil.example`])
		expect((await ask('POST', '/api/uploads', foreign, length)).status()).toBe(403);
	const begun = await ask('POST', '/api/uploads', origin(), length);
	expect(begun.status()).toBe(201);
	const { location = '' } = begun.headers();
	const piece = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
	for (const foreign of ['https://evil.example', 'null']) {
		expect((await ask('PATCH', location, foreign, piece)).status()).toBe(403);
		expect((await ask('DELETE', location, foreign)).status()).toBe(403);
	}
	expect((await ask('GET', location, origin())).status()).toBe(404);
	expect((await ask('HEAD', location, origin())).headers()['upload-offset']).toBe('0');
	expect((await ask('DELETE', location, origin())).status()).toBe(204);
	expect((await ask('HEAD', location, origin())).status()).toBe(404);
});

test('a file over the limit is refused by its length alone', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	const opening = head({
		'content-type': form,
		cookie: await cookie(page),
		'content-length': String(502 * 2 ** 20)
	});
	const { status, answer, sent } = await flood(opening, Buffer.alloc(64 * 1024), 502 * 2 ** 20);
	expect(status).toBe(413);
	expect(answer).toContain('500 MB');
	expect(sent).toBeLessThan(64 << 20);
});

test('what is too large for a form is refused in the language of whoever sends it', async ({ request }) => {
	const answer = await post(request, '/auth/send-link', {
		form: { email: 'a'.repeat(600_000) },
		headers: { 'accept-language': 'nl' }
	});
	expect(answer.status()).toBe(413);
	expect(await answer.text()).toContain('Dat is te groot.');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a real file becomes a recording', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await openUploadForm(page);
		await page.locator('input[type=file]').setInputFiles(join(sounds, 'groet.aac'));
		await page.locator('input[name=title]').fill('From a plain form');
		await page.getByRole('button', { name: 'Upload the recording' }).click();
		await expect(page).toHaveURL('/couple/recordings');
		await expect(page.getByRole('listitem').filter({ hasText: 'From a plain form' })).toContainText('0:0');
	});

	test('a page that calls itself mp3 is refused in words, and what was typed is kept', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await openUploadForm(page);
		const buffer = Buffer.from('<!doctype html><script>alert(1)</script>');
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: 'toast.mp3', mimeType: 'audio/mpeg', buffer });
		await page.locator('input[name=title]').fill('Not a sound');
		const [response] = await Promise.all([
			page.waitForResponse((one) => one.request().method() === 'POST'),
			page.getByRole('button', { name: 'Upload the recording' }).click()
		]);
		expect(response.status()).toBe(415);
		await expect(page.getByRole('alert')).not.toBeEmpty();
		await expect(page.locator('input[name=title]')).toHaveValue('Not a sound');
	});
});

test('the sound of a wedding is for its people only', async ({ page, playwright }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/recordings');
	const path = `${await page.locator('main a[href^="/recordings/"]').first().getAttribute('href')}/audio`;
	const stranger = await playwright.request.newContext({ baseURL: origin() });
	expect((await stranger.get(path, { maxRedirects: 0 })).status()).toBe(404);

	const whole = await page.request.get(path);
	const body = await whole.body();
	expect(whole.status()).toBe(200);
	const { etag = '', 'accept-ranges': ranges, 'content-security-policy': csp } = whole.headers();
	expect([ranges, csp]).toEqual(['bytes', expect.stringContaining('sandbox')]);
	const get = (headers: Record<string, string>) => page.request.get(path, { headers });
	for (const [range, part] of [
		['bytes=0-1', body.subarray(0, 2)],
		['bytes=0-0', body.subarray(0, 1)],
		['bytes=-100', body.subarray(-100)],
		[`bytes=${body.length - 5}-`, body.subarray(-5)]
	] as const) {
		const answer = await get({ range });
		expect(answer.status(), range).toBe(206);
		expect(Buffer.compare(await answer.body(), part), range).toBe(0);
		expect((await get({ range, 'if-range': etag })).status()).toBe(206);
		expect((await get({ range, 'if-range': '"another"' })).status()).toBe(200);
	}
	const beyond = await get({ range: `bytes=${body.length}-` });
	expect([beyond.status(), beyond.headers()['content-range']]).toEqual([416, `bytes */${body.length}`]);
	const head = await page.request.head(path);
	expect([head.status(), head.headers()['content-length'], head.headers()['etag']]).toEqual([
		200,
		String(body.length),
		etag
	]);
	expect((await get({ 'if-none-match': etag })).status()).toBe(304);
});
