import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eachStore } from '../../../testing/stores.ts';
import { DiskFile } from './disk-file.server.ts';
import * as files from './files.server.ts';
import { settings } from '../settings.server.ts';

afterEach(() => void vi.useRealTimers());

/** It is so many hours later, for us and for whatever keeps the files. */
function later(hours: number) {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3600_000 });
}

async function received(content: string | Buffer = 'sound') {
	const path = join(await files.incomingDir(), randomUUID());
	await writeFile(path, content);
	return path;
}

async function kept(content?: string | Buffer) {
	const id = randomUUID();
	await files.keep(await received(content), id, 'mp3');
	return id;
}

it('what comes in is for us and our group alone, and stays so', async () => {
	const mode = async (...path: string[]) => (await stat(join(settings.UPLOADS_DIR, ...path))).mode & 0o777;
	const file = await DiskFile.create(join(await files.incomingDir(), randomUUID()));
	await file.finish();
	expect([await mode(relative(settings.UPLOADS_DIR, file.path)), await mode('.incoming')]).toEqual([
		0o640, 0o750
	]);
	const id = randomUUID();
	await files.keep(file.path, id, 'mp3');
	expect([await mode(id, 'original.mp3'), await mode(id)]).toEqual([0o640, 0o750]);
});

const missing = expect.objectContaining({ status: 404, code: 'not_found' });
const month = 31 * 24;

eachStore(({ kind, names }) => {
	it('a kept file is found again, under its own name and nowhere else', async () => {
		const id = await kept();
		const found = await files.find(id, 'mp3');
		expect(found.bytes).toBe(5);
		expect(Math.abs(found.modifiedAt.getTime() - Date.now())).toBeLessThan(60_000);
		expect(String(await buffer(found.read(0, 4)))).toBe('sound');
		expect((await names()).filter((name) => name.includes(id))).toEqual([`${id}/original.mp3`]);
		expect(await readdir(await files.incomingDir())).toEqual([]);
	});

	it('is read from any byte to any other', async () => {
		const content = randomBytes(2_500_000);
		const { read } = await files.find(await kept(content), 'mp3');
		for (const [first, last] of [
			[0, content.length - 1],
			[0, 0],
			[content.length - 1, content.length - 1],
			[1 << 20, (1 << 20) + 1],
			[999_999, 2_200_000]
		] as const) {
			const part = await buffer(read(first, last));
			expect(part.equals(content.subarray(first, last + 1))).toBe(true);
		}
	});

	it('a removed recording takes all of it along, twice if need be', async () => {
		const before = await names();
		const id = await kept();
		await files.remove(id);
		await files.remove(id);
		expect(await names()).toEqual(before);
		expect(await readdir(settings.UPLOADS_DIR)).not.toContain(id);
		await expect(files.find(id, 'mp3')).rejects.toEqual(missing);
	});

	it.each(['..', '../..', '.incoming', ''])('%j is no id, whoever asks', async (id) => {
		await expect(files.remove(id)).rejects.toThrow('not the id');
		await expect(files.find(id, 'mp3')).rejects.toThrow('not the id');
	});

	it('the sum of a file is its SHA-256', async () => {
		const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
		const million = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0';
		expect(await files.sha256(await kept(''), 'mp3')).toBe(empty);
		expect(await files.sha256(await kept('a'.repeat(1e6)), 'mp3')).toBe(million);
		await expect(files.sha256(randomUUID(), 'mp3')).rejects.toEqual(missing);
	});

	it('sweeping sets aside what no row names, but not what is about to get one', async () => {
		const [known, lost] = [await kept(), await kept()];
		await writeFile(join(settings.UPLOADS_DIR, '.gitkeep'), '');
		const before = await names();
		expect(await files.sweep(new Set())).toBe(0);
		expect(await names()).toEqual(before);

		later(2);
		expect(await files.sweep(new Set([known]))).toBeGreaterThan(0);
		const after = await names();
		expect(after).toEqual(expect.arrayContaining([`${known}/original.mp3`, '.gitkeep']));
		expect(after).toContain(join('.lost', lost, 'original.mp3'));
		await expect(files.find(lost, 'mp3')).rejects.toEqual(missing);
	});

	it('what was set aside comes back with its row, and goes for good after a month', async () => {
		const [mine, others] = [await kept(), await kept()];
		later(2);
		await files.sweep(new Set([mine]));
		await files.sweep(new Set([mine, others]));
		expect(String(await buffer((await files.find(others, 'mp3')).read(0, 4)))).toBe('sound');

		later(2);
		await files.sweep(new Set([mine]));
		later(month - 48);
		await files.sweep(new Set([mine]));
		expect((await names()).filter((name) => name.includes(others))).toHaveLength(1);
		later(month);
		await files.sweep(new Set([mine]));
		expect((await names()).filter((name) => name.includes(others))).toEqual([]);
		expect((await files.find(mine, 'mp3')).bytes).toBe(5);
	});

	it('two processes that sweep at once do so in peace', async () => {
		const lost = await Promise.all([kept(), kept(), kept()]);
		later(2);
		await Promise.all([files.sweep(new Set()), files.sweep(new Set()), files.sweep(new Set())]);
		const found = await names();
		for (const id of lost) expect(found).toContain(join('.lost', id, 'original.mp3'));
	});

	it('only a file on this machine has a path, for nginx', async () => {
		const { path } = await files.find(await kept(), 'mp3');
		expect(path === undefined).toBe(kind === 'bucket');
	});
});

describe('what is coming in', () => {
	it('is removed when its process was killed, and not while it lives', async () => {
		const mine = await received();
		const incoming = join(settings.UPLOADS_DIR, '.incoming');
		const old = new Date(Date.now() - 25 * 3600_000);
		const folders = {
			killed: `${hostname()}-99999999-1`,
			earlierLife: `${hostname()}-${process.pid}-1`,
			neighbour: `${hostname()}-${process.ppid}-1`,
			otherHost: 'other-host-1-1',
			otherHostLongAgo: 'other-host-2-1'
		};
		for (const name of Object.values(folders)) {
			await mkdir(join(incoming, name));
			await writeFile(join(incoming, name, 'half'), 'x');
		}
		await utimes(join(incoming, folders.otherHostLongAgo), old, old);

		expect(await files.sweep(new Set())).toBe(3);
		const left = await readdir(incoming);
		expect(left).toHaveLength(3);
		expect(left).toEqual(expect.arrayContaining([folders.neighbour, folders.otherHost]));
		expect(await readFile(mine, 'utf8')).toBe('sound');
	});

	it('has the room that there is on the disk', async () => {
		settings.UPLOADS_DIR = join(settings.UPLOADS_DIR, 'none yet');
		expect(await files.sweep(new Set())).toBe(0);
		expect(await files.freeBytes()).toBeGreaterThan(1e6);
	});
});
