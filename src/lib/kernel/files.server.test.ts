import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import * as files from './files.server.ts';
import { settings } from './settings.server.ts';

const root = await mkdtemp(join(tmpdir(), 'vowtape-files-'));
afterAll(() => rm(root, { recursive: true }));
beforeEach(() => void (settings.UPLOADS_DIR = join(root, randomUUID())));

async function received(content = 'sound') {
	const path = join(await files.incomingDir(), randomUUID());
	await writeFile(path, content);
	return path;
}

async function kept(hoursAgo = 0) {
	const id = randomUUID();
	await files.keep(await received(), id, 'mp3');
	const time = new Date(Date.now() - hoursAgo * 3600_000);
	await utimes(join(settings.UPLOADS_DIR, id), time, time);
	return id;
}

test('a kept file lies in its own folder and nowhere else', async () => {
	const id = await kept();
	expect(await readFile(files.original(id, 'mp3'), 'utf8')).toBe('sound');
	expect(await readdir(await files.incomingDir())).toEqual([]);
});

test('a removed recording takes its folder with it, twice if need be', async () => {
	const id = await kept();
	await files.remove(id);
	await files.remove(id);
	expect(await readdir(settings.UPLOADS_DIR)).toEqual(['.incoming']);
});

test.each(['..', '../..', '.incoming', ''])('%j is no id, whoever asks', async (id) => {
	await expect(files.remove(id)).rejects.toThrow('not the id');
	expect(() => files.original(id, 'mp3')).toThrow('not the id');
});

test('sweeping sets aside what no row names, but not what is about to get one', async () => {
	const [known, lost, fresh] = [await kept(2), await kept(2), await kept()];
	await writeFile(join(settings.UPLOADS_DIR, '.gitkeep'), '');
	expect(await files.sweep(new Set([known]))).toBe(1);
	const left = await readdir(settings.UPLOADS_DIR);
	expect(left).toEqual(expect.arrayContaining([known, fresh, '.gitkeep', '.incoming']));
	expect(left).not.toContain(lost);
});

test('what was set aside comes back with its row, and goes for good after a month', async () => {
	const [mine, others] = [await kept(2), await kept(2)];
	await files.sweep(new Set([mine]));
	expect(await readdir(settings.UPLOADS_DIR)).not.toContain(others);
	await files.sweep(new Set([mine, others]));
	expect(await readdir(settings.UPLOADS_DIR)).toContain(others);

	const aside = join(settings.UPLOADS_DIR, '.lost');
	const monthAgo = new Date(Date.now() - 31 * 24 * 3600_000);
	await utimes(join(settings.UPLOADS_DIR, others), monthAgo, monthAgo);
	await files.sweep(new Set([mine]));
	expect(await readdir(aside)).toContain(others);
	await utimes(join(aside, others), monthAgo, monthAgo);
	await files.sweep(new Set([mine]));
	expect(await readdir(aside)).not.toContain(others);
});

test('sweeping removes what a killed process was receiving, and nothing of a living one', async () => {
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

test('sweeping an install without uploads finds nothing', async () => {
	expect(await files.sweep(new Set())).toBe(0);
	expect(await files.freeBytes()).toBeGreaterThan(1e6);
});

test('the sum of a file is its SHA-256', async () => {
	const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
	const million = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0';
	expect(await files.sha256(await received(''))).toBe(empty);
	expect(await files.sha256(await received('a'.repeat(1e6)))).toBe(million);
	await expect(files.sha256(join(root, 'nothing'))).rejects.toMatchObject({ code: 'ENOENT' });
});
