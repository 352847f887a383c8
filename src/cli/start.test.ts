import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'vowtape-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `npm start` says on standard error, having ended with 1 and said nothing else. */
async function refused(env: Record<string, string>): Promise<string> {
	const quiet = { NODE_ENV: '', DATABASE_URL: '', ORIGIN: '', DATA_DIR: join(folder, 'data'), PORT: '3999' };
	const child = spawn(process.execPath, [join(import.meta.dirname, 'run.js'), 'start'], {
		env: { ...process.env, ...quiet, ...env }
	});
	const [errors, output, [code]] = await Promise.all([
		text(child.stderr),
		text(child.stdout),
		once(child, 'exit')
	]);
	expect({ code, output }).toEqual({ code: 1, output: '' });
	return errors;
}

describe('npm start says in one line', () => {
	it('that the port is taken', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const { port } = other.address() as AddressInfo;
		expect(await refused({ PORT: String(port) })).toBe(`Port ${port} is taken: set PORT to another one.\n`);
		other.close();
	});

	it('which setting is wrong', async () => {
		expect(await refused({ PORT: 'http' })).toBe('PORT must be a whole number from 1 to 65535.\n');
		expect(await refused({ UPLOAD_LIMIT: 'much' })).toBe('UPLOAD_LIMIT must be a size, such as 500MB.\n');
	});

	it('which one is missing', async () => {
		expect(await refused({ MAILERSEND_API_TOKEN: 'mlsn.x' })).toMatch(/^MAIL_FROM is not set: .*\n$/);
		expect(await refused({ NODE_ENV: 'production' })).toMatch(/^ORIGIN is not set: .*\n$/);
	});

	it('which folder cannot be used', async () => {
		const file = join(folder, 'file');
		writeFileSync(file, '');
		expect(await refused({ DATA_DIR: file })).toMatch(/^DATA_DIR: .*\n$/);
		expect(await refused({ UPLOADS_DIR: join(file, 'uploads') })).toMatch(/^UPLOADS_DIR: .*\n$/);
	});

	it('where it should listen and cannot', async () => {
		expect(await refused({ HOST: '192.0.2.1' })).toMatch(/^HOST: cannot listen on 192.0.2.1 .*\n$/);
	});
});
