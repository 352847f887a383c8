import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { addReady, SOUNDS } from '../../testing/sound.ts';
import { eachStore, type TestStore } from '../../testing/stores.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { fingerprinting, sweep } from './jobs.server.ts';
import * as recordings from './recordings.server.ts';
import * as sound from './sound.server.ts';

const unknown = expect.objectContaining({ status: 404, code: 'recording_unknown' });

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let here: Wedding;
let elsewhere: Wedding;
let bytes: Buffer;

beforeAll(async () => {
	await acceptJobs();
	[here, elsewhere] = await Promise.all([makeWedding(), makeWedding()]);
	bytes = await readFile(join(SOUNDS, 'toast-cbr.mp3'));
});

afterEach(() => void vi.useRealTimers());

const add = ({ couple }: Wedding) => addReady(couple, 'toast-cbr.mp3');

function ask(viewer: Viewer, id: string, headers: Record<string, string> = {}, original = false) {
	const address = `http://localhost/${original ? '?original=1' : ''}`;
	return sound.answer(viewer, id, new Request(address, { headers }));
}

const theBytes = () => {
	it('are for the people of its wedding; everyone else is told that there is nothing', async () => {
		const id = await add(here);
		for (const viewer of [here.guest, here.helper, here.couple]) {
			const answer = await ask(viewer, id, {}, true);
			expect(answer.status).toBe(200);
			expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
		}
		for (const viewer of [here.stranger, elsewhere.guest, elsewhere.couple])
			await expect(ask(viewer, id)).rejects.toEqual(unknown);
		await recordings.hide(here.couple, id);
		await expect(ask(here.guest, id)).rejects.toEqual(unknown);
		expect((await ask(here.couple, id)).status).toBe(200);
	});

	it('come in parts, with a tag that holds', async () => {
		const id = await add(here);
		const whole = Buffer.from(await (await ask(here.guest, id)).arrayBuffer());
		const part = await ask(here.guest, id, { range: 'bytes=100-199' });
		expect(part.status).toBe(206);
		expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
		expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 200))).toBe(true);
		const etag = part.headers.get('etag')!;
		expect(etag).toMatch(/^"[^"]+"$/);
		expect((await ask(here.guest, id, { 'if-none-match': etag })).status).toBe(304);
		expect((await ask(here.guest, id, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
		expect((await ask(here.guest, id, { range: 'bytes=0-1', 'if-range': '"old"' })).status).toBe(200);
	});

	it('play in the page, and are saved under the name they came with', async () => {
		const id = await add(here);
		await db.recording.update({ where: { id }, data: { originalName: 'Toast van Joëlle.mp3' } });
		const { headers } = await ask(here.guest, id);
		expect(headers.get('content-disposition')).toMatch(/^inline.*\.m4a$/);
		expect(headers.get('content-type')).toBe('audio/mp4');
		expect((await ask(here.guest, id, {}, true)).headers.get('content-disposition')).toBe(
			`attachment; filename="Toast van Jo_lle.mp3"; filename*=UTF-8''Toast%20van%20Jo%C3%ABlle.mp3`
		);
	});
};

const afterwards = ({ names }: TestStore) => {
	it('the fingerprint is filled in, and a recording that is gone is no error', async () => {
		const id = await add(here);
		await fingerprinting.work({ recordingId: id });
		const { sha256 } = await db.recording.findUniqueOrThrow({ where: { id } });
		const sums = await readFile(join(SOUNDS, 'SHA256SUMS'), 'utf8');
		expect(sums).toContain(`${Buffer.from(sha256!).toString('hex')}  toast-cbr.mp3`);
		await recordings.remove(here.couple, id);
		await fingerprinting.work({ recordingId: id });
	});

	it('files without a row are swept, and those with one stay', async () => {
		const id = await add(here);
		const lost = await lose();
		vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
		await sweep();
		expect(await names()).toContain(join('.lost', lost, 'original.mp3'));
		expect(await names()).not.toContain(join(lost, 'original.mp3'));
		expect((await ask(here.guest, id)).status).toBe(200);
	});

	/** A file whose recording the database has forgotten. */
	async function lose(): Promise<string> {
		const id = await add(here);
		await db.recording.delete({ where: { id } });
		return id;
	}
};

const away = ({ server }: TestStore) => {
	it('is said to be out of reach, and plays again when it is back', async () => {
		const id = await add(here);
		await server()!.away();
		const refused = expect.objectContaining({ status: 503, code: 'storage_away' });
		await expect(ask(here.guest, id)).rejects.toEqual(refused);
		await server()!.back();
		expect((await ask(here.guest, id)).status).toBe(200);
	});
};

eachStore((store) => {
	describe('the bytes of a recording', theBytes);
	describe('afterwards', () => afterwards(store));
	if (store.kind === 'bucket') describe('a recording whose bucket is away', () => away(store));
});
