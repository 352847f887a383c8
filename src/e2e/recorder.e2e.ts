import type { Page } from '@playwright/test';
import { browser } from '../testing/browser.ts';
import { emailOf, expect, origin, signIn, test, wedding } from '../testing/site.ts';

const options = await browser();
const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
test.use({ launchOptions: { ...options, args: [...options.args!, ...fake] } });

/** What browsers write, of which each offers some. */
const TYPES = [
	'audio/webm;codecs=opus',
	'audio/webm;codecs=pcm',
	'audio/mp4;codecs=opus',
	'audio/mp4;codecs=mp4a.40.2',
	'audio/ogg;codecs=opus'
];

type Recorded = { type: string; base64: string; seconds: number };

/** Two seconds of the microphone, in one piece or, with `slice`, in pieces of so many milliseconds. */
function record(page: Page, type: string, slice?: number): Promise<Recorded> {
	return page.evaluate(
		async ([type, slice]) => {
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			const recorder = new MediaRecorder(stream, { mimeType: type });
			const pieces: Blob[] = [];
			recorder.ondataavailable = ({ data }) => pieces.push(data);
			const event = (name: string) => new Promise((told) => recorder.addEventListener(name, told));
			const [started, stopped] = [event('start'), event('stop')];
			recorder.start(slice);
			await started;
			const start = performance.now();
			await new Promise((wake) => setTimeout(wake, 2000));
			recorder.stop();
			const seconds = (performance.now() - start) / 1000;
			await stopped;
			stream.getTracks().forEach((track) => track.stop());
			const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
			return { type, seconds, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
		},
		[type, slice] as const
	);
}

async function uploadForm(page: Page, name: string, buffer: Buffer, mimeType: string): Promise<string> {
	const answer = await page.request.post('/api/upload', {
		multipart: { file: { name, mimeType, buffer } },
		headers: { origin: origin(), accept: 'application/json' }
	});
	expect(answer.status(), name).toBe(201);
	return (await answer.json()).id;
}

async function uploadPieces(page: Page, name: string, buffer: Buffer): Promise<string> {
	const own = { origin: origin(), 'tus-resumable': '1.0.0' };
	const metadata = `filename ${btoa(name)}`;
	const head = { ...own, 'upload-length': String(buffer.length), 'upload-metadata': metadata };
	const { location = '' } = (await page.request.post('/api/uploads', { headers: head })).headers();
	const half = buffer.length >> 1;
	for (const [at, data] of [
		[0, buffer.subarray(0, half)],
		[half, buffer.subarray(half)]
	] as const) {
		const piece = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) };
		const answer = await page.request.patch(location, { headers: { ...own, ...piece }, data });
		expect(answer.status(), name).toBe(204);
		if (at) return answer.headers()['content-location']!.split('/').at(-1)!;
	}
	throw new Error('the last piece made no recording');
}

/** How far it came, and how long the browser says that it is. */
function play(page: Page, id: string) {
	return page.evaluate(async (src) => {
		const sound = new Audio(src);
		sound.playbackRate = 4;
		const ended = new Promise((told, fail) => {
			sound.onended = told;
			sound.onerror = () => fail(new Error(sound.error?.message));
		});
		await sound.play();
		await ended;
		return { at: sound.currentTime, duration: sound.duration };
	}, `/recordings/${id}/audio`);
}

test('what this browser records, in one piece or in slices, goes up both ways and plays in full', async ({
	page
}) => {
	test.setTimeout(240_000);
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/recordings');
	const offered = await page.evaluate(
		(types) => types.filter((type) => MediaRecorder.isTypeSupported(type)),
		TYPES
	);
	expect(offered).not.toEqual([]);
	const sent: { id: string; name: string; seconds: number }[] = [];
	for (const type of offered) {
		const slices = [undefined, 200];
		const recorded = await Promise.all(slices.map((slice) => record(page, type, slice)));
		for (const [place, { base64, seconds }] of recorded.entries()) {
			const buffer = Buffer.from(base64, 'base64');
			expect(buffer.length, type).toBeGreaterThan(1000);
			const name = `${slices[place] ? 'sliced' : 'whole'} ${type}`;
			sent.push({ id: await uploadForm(page, name, buffer, type.split(';')[0]!), name, seconds });
			sent.push({ id: await uploadPieces(page, name, buffer), name, seconds });
		}
	}
	for (const { id, name, seconds } of sent) {
		const row = async () =>
			(await wedding().sql.query('SELECT state, duration_seconds, is_cut FROM recording WHERE id = $1', [id]))
				.rows[0];
		await expect.poll(async () => (await row()).state, { timeout: 60_000, message: name }).toBe('ready');
		const { duration_seconds: found, is_cut: isCut } = await row();
		// a busy machine may be late to stop, and the first packet earlier than the event
		expect(Math.abs(found - seconds), `${name}: ${found} s of ${seconds} s`).toBeLessThan(0.7);
		expect(isCut, name).toBe(false);
		const { at, duration } = await play(page, id);
		expect([Math.abs(duration - found) < 0.15, Math.abs(at - duration) < 0.15], name).toEqual([true, true]);
	}
});
