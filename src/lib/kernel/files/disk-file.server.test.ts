import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { DiskFile } from './disk-file.server.ts';

const dir = await mkdtemp(join(tmpdir(), 'vowtape-disk-'));
afterAll(() => rm(dir, { recursive: true }));

test('holds what was written, across the blocks', async () => {
	const file = await DiskFile.create(join(dir, 'toast'));
	const bytes = Buffer.from(Array.from({ length: 100_003 }, (_, index) => index % 251));
	for (let round = 0; round < 25; round++) await file.write(Buffer.from(bytes));
	await file.finish();
	expect(file.bytes).toBe(25 * bytes.length);
	expect((await readFile(file.path)).equals(Buffer.concat(Array<Buffer>(25).fill(bytes)))).toBe(true);
});

test('goes on where the disk took only a part of a block', async () => {
	const path = join(dir, 'short');
	const handle = await open(path, 'wx');
	let calls = 0;
	vi.spyOn(handle, 'writev').mockImplementation(async (buffers, position) => {
		calls++;
		const some = Buffer.concat(buffers as readonly Uint8Array[]).subarray(0, 1000);
		const { bytesWritten } = await handle.write(some, 0, some.length, position);
		return { bytesWritten, buffers };
	});
	const file = new DiskFile(path, handle);
	for (const letter of 'abc') await file.write(Buffer.alloc(1200, letter));
	await file.finish();
	expect(await readFile(path, 'utf8')).toBe('a'.repeat(1200) + 'b'.repeat(1200) + 'c'.repeat(1200));
	expect(calls).toBe(4);
});

test('gives back the memory of what it has written, and only of that', async () => {
	const file = await DiskFile.create(join(dir, 'given'));
	const [whole, half] = [Buffer.alloc(300_000, 1), Buffer.alloc(300_000, 2).subarray(0, 150_000)];
	await file.write(whole);
	await file.write(half);
	await file.finish();
	expect([whole, half].map(({ buffer }) => buffer.byteLength)).toEqual([0, 300_000]);
	expect((await readFile(file.path)).equals(Buffer.concat([Buffer.alloc(300_000, 1), half]))).toBe(true);
});

test('is gone when it is discarded in the middle of a block', async () => {
	const file = await DiskFile.create(join(dir, 'half'));
	await file.write(Buffer.alloc(1_500_000));
	await file.discard();
	expect(await readdir(dir)).not.toContain('half');
});

test('never takes the place of another file', async () => {
	await expect(DiskFile.create(join(dir, 'toast'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test.skipIf(process.platform !== 'linux')('a full disk is a refusal, and is met only once', async () => {
	const file = new DiskFile(join(dir, 'full'), await open('/dev/full', 'w'));
	const writing = (async () => {
		for (let round = 0; round < 5; round++) await file.write(Buffer.alloc(1 << 20));
		await file.finish();
	})();
	await expect(writing).rejects.toMatchObject({ status: 507, code: 'disk_full' });
	await file.discard();
});
