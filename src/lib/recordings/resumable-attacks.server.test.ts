import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import {
	ask,
	begin,
	incoming,
	PIECE,
	rowsLeft,
	send,
	setStage,
	stage,
	stored
} from '../../testing/resumable.ts';
import { startBucketServer } from '../../testing/bucket-server.ts';
import { sum, wave } from '../../testing/resumable.ts';
import { db } from '../kernel/db/db.server.ts';
import { DiskFile } from '../kernel/files/disk-file.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { settings } from '../kernel/settings.server.ts';

setStage();

const metadata = (filename: string) => `filename ${Buffer.from(filename).toString('base64')}`;

describe('a resumable upload', () => {
	it.each([
		['a way out', '../../etc/passwd.wav', 'passwd.wav'],
		['a way out of Windows', '..\\..\\boot.wav', 'boot.wav'],
		['a NUL', 'toast\0.wav', 'toast.wav'],
		['a new line', 'toast\r\nset-cookie: a=b.wav', 'toast set-cookie: a=b.wav'],
		['marks that turn it around', 'toast\u202evaw.exe.wav', 'toastvaw.exe.wav']
	])('with %s in its name has a cleaned one on screen, and none on the disk', async (_, name, cleaned) => {
		const content = wave(2000);
		const head = { 'upload-length': '2000', 'upload-metadata': metadata(name) };
		const begun = await ask('POST', '', head);
		expect(begun.status).toBe(201);
		const path = begun.headers.get('location')!.replace('/api/uploads', '');
		expect(await readdir(await files.resumableDir())).toEqual([path.slice(1)]);
		expect((await send(path, 0, content)).status).toBe(204);
		const where = { weddingId: stage.wedding.weddingId };
		const { id, originalName, title } = await db.recording.findFirstOrThrow({ where });
		expect([originalName, title]).toEqual([cleaned, expect.not.stringMatching(/[\p{Cc}\u202e/\\]/u)]);
		expect(await readdir(join(settings.UPLOADS_DIR, id))).toEqual(['original.wav']);
	});

	it('whose name has 5,000 characters is a recording like any other', async () => {
		const head = { 'upload-length': '2000', 'upload-metadata': metadata(`${'é'.repeat(5000)}.wav`) };
		const { headers } = await ask('POST', '', head);
		const path = headers.get('location')!.replace('/api/uploads', '');
		expect((await send(path, 0, wave(2000))).status).toBe(204);
		const { originalName, title } = await db.recording.findFirstOrThrow({
			where: { weddingId: stage.wedding.weddingId }
		});
		expect(originalName.length).toBeLessThanOrEqual(255);
		expect(originalName).toMatch(/\.wav$/);
		expect(title.length).toBeLessThanOrEqual(200);
	});

	it('that finds the disk full in the middle is told so, and goes on when there is room', async () => {
		const content = wave(600_000);
		const path = await begin(content.length);
		expect((await send(path, 0, content.subarray(0, 300_000))).status).toBe(204);
		vi.spyOn(DiskFile, 'resume').mockImplementationOnce(
			async (path) => new DiskFile(path, await open('/dev/full', 'w'))
		);
		const full = await send(path, 300_000, content.subarray(300_000));
		expect([full.status, await full.json()]).toEqual([507, { code: 'disk_full' }]);
		expect((await ask('HEAD', path)).headers.get('upload-offset')).toBe('300000');
		expect((await send(path, 300_000, content.subarray(300_000))).status).toBe(204);
		expect(await stored()).toEqual([sum(content)]);
	});

	it('becomes a recording in a bucket, and leaves nothing on the disk', async () => {
		const bucket = await startBucketServer();
		Object.assign(settings, bucket.settings);
		const content = wave(3_000_000);
		const path = await begin(content.length);
		await send(path, 0, content.subarray(0, 1_000_000));
		expect((await send(path, 1_000_000, content.subarray(1_000_000))).status).toBe(204);
		expect(await stored()).toEqual([sum(content)]);
		expect(await incoming()).toBe(0);
		expect((await readdir(settings.UPLOADS_DIR)).filter((name) => !name.startsWith('.'))).toEqual([]);
		await bucket.stop();
	});
});

describe('refused is', () => {
	it('more than was promised, also when it does not say how much comes', async () => {
		const path = await begin(100);
		const body = Readable.from([Buffer.alloc(60), Buffer.alloc(60)]);
		const question = { method: 'PATCH', headers: { ...PIECE, 'upload-offset': '0' }, body, duplex: 'half' };
		const answer = await fetch(stage.address + path, question as never);
		expect(answer.status).toBe(413);
		expect(await stored()).toEqual([]);
	});

	it.each([['-1'], ['abc'], ['1e3'], [' '], ['99999999999999999999']])('a length of “%s”', async (length) => {
		const { status } = await ask('POST', '', { 'upload-length': length });
		expect([400, 413]).toContain(status);
		expect([await rowsLeft(), await incoming()]).toEqual([0, 0]);
	});

	it('a piece that is no piece: of another type, without an offset, at no offset', async () => {
		const path = await begin(100);
		const piece = Buffer.alloc(10);
		const statuses = [
			await send(path, 0, piece, { 'content-type': 'text/plain' }),
			await ask('PATCH', path, PIECE, piece),
			await send(path, -5, piece),
			await send(path, NaN, piece)
		].map(({ status }) => status);
		for (const status of statuses) expect([400, 403, 409, 415]).toContain(status);
		expect((await ask('HEAD', path)).headers.get('upload-offset')).toBe('0');
	});
});
