import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { fill, folder, install, keys } from '../../testing/drill.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { backing, backups } from './jobs.server.ts';

const told: string[] = [];
const chat = createServer(async (request, response) => {
	told.push(JSON.parse(await text(request)).text);
	response.end();
});
const started = process.argv[1]!;

beforeAll(async () => {
	await new Promise<void>((listening) => chat.listen(0, '127.0.0.1', listening));
	settings.WEBHOOK_URL = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/`;
	process.argv[1] = resolve('src/cli/run.js');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
	process.argv[1] = started;
	chat.close();
});

it('backs up by the hour, in a process of its own', async () => {
	const live = await install();
	await fill(live);
	const database = settings.DATABASE_URL;
	settings.DATABASE_URL = live.url;
	vi.stubEnv('BACKUP_TO', join(folder, 'hourly'));
	vi.stubEnv('BACKUP_RECIPIENT', (await keys()).recipient);
	vi.stubEnv('UPLOADS_DIR', live.uploads);
	await backing.work({});
	settings.DATABASE_URL = database;
	expect(readdirSync(join(folder, 'hourly', 'snapshots'))).toHaveLength(2);
	expect(told).toEqual([]);
	await live.close();
});

it('asks for a key as soon as there is a place, and for nothing where there is none', async () => {
	const { BACKUP_TO, BACKUP_RECIPIENT } = settings;
	expect(backups()).toEqual([]);
	settings.BACKUP_TO = '/backups';
	expect(backups).toThrow('BACKUP_RECIPIENT is not set');
	settings.BACKUP_RECIPIENT = (await keys()).recipient;
	expect(backups()).toEqual([backing]);
	Object.assign(settings, { BACKUP_TO, BACKUP_RECIPIENT });
});

it('tells the maintainer when it fails, in the words of the command', async () => {
	vi.stubEnv('BACKUP_TO', '/dev/null/backups');
	vi.stubEnv('BACKUP_RECIPIENT', (await keys()).recipient);
	await expect(backing.work({})).rejects.toThrow('the backup failed');
	expect(told).toEqual([expect.stringMatching(/^http:\/\/localhost:3000: the backup failed\. BACKUP_TO: /)]);
});

it('ends a backup with the process that it belongs to, which is no failure to tell of', async () => {
	const [script, mark] = [join(folder, 'endless.js'), join(folder, 'began')];
	const began = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid))`;
	writeFileSync(script, `${began}; setInterval(() => {}, 1000);`);
	const command = process.argv[1]!;
	process.argv[1] = script;
	told.length = 0;
	const backup = backing.work({});
	process.argv[1] = command;
	await expect.poll(() => existsSync(mark) && readFileSync(mark, 'utf8')).toBeTruthy();
	const pid = Number(readFileSync(mark, 'utf8'));
	process.emit('sveltekit:shutdown' as never);
	await expect(backup).rejects.toThrow('stopped with the site');
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
	expect(told).toEqual([]);
});
