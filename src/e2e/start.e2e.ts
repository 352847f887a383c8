import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

test.describe.configure({ mode: 'serial' });

const folder = mkdtempSync(join(tmpdir(), 'vowtape-start-'));
chmodSync(folder, 0o711);
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Started = { child: ChildProcess; lines: string[]; errors: string };

/** `npm start` in its own folder; resolves at its third line, or when it ends. */
async function start(env: Record<string, string>): Promise<Started> {
	const child = spawn(process.execPath, ['src/cli/run.js', 'start'], {
		env: {
			...process.env,
			...{ NODE_ENV: '', ORIGIN: '', DATABASE_URL: '', MAILERSEND_API_TOKEN: '' },
			...{ DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') },
			...env
		}
	});
	const started: Started = { child, lines: [], errors: '' };
	child.stderr!.setEncoding('utf8').on('data', (text) => (started.errors += text));
	const isUp = new Promise<void>((resolve) => {
		child.stdout!.setEncoding('utf8').on('data', (text: string) => {
			started.lines.push(...text.trim().split('\n'));
			if (started.lines.length >= 3) resolve();
		});
	});
	await Promise.race([isUp, once(child, 'close')]);
	return started;
}

async function freePort(): Promise<string> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return String(port);
}

async function interrupt({ child }: Started): Promise<number | null> {
	child.kill('SIGINT');
	const [code] = await once(child, 'exit');
	return code;
}

test('a first start prints the address and two ways in, and Ctrl-C ends all of it', async ({ request }) => {
	const PORT = await freePort();
	const first = await start({ PORT });
	expect(first.lines).toEqual([
		`Vowtape is at http://localhost:${PORT}`,
		expect.stringMatching(`^The couple: +http://localhost:${PORT}/auth/verify/[\\w-]{43}$`),
		expect.stringMatching(`^A guest: +http://localhost:${PORT}/auth/verify/[\\w-]{43}$`)
	]);
	for (const line of first.lines.slice(1)) {
		expect((await request.get(line.split(' ').at(-1)!)).status()).toBe(200);
	}
	expect(await interrupt(first)).toBe(0);
	await expect(request.get(`http://localhost:${PORT}/`)).rejects.toThrow('ECONNREFUSED');
	expect(existsSync(join(folder, 'data/postgres/data/postmaster.pid'))).toBe(false);
});

test('a second start keeps what was there, and the folder is its own', async () => {
	const PORT = await freePort();
	const second = await start({ PORT });
	expect(second.lines).toHaveLength(3);
	const other = await start({ PORT: await freePort() });
	expect(other.errors).toMatch(/^\S+ is in use by another Vowtape: .*\n$/);
	expect(await interrupt(second)).toBe(0);
});

test('a database that cannot be reached is one line', async () => {
	const DATABASE_URL = 'postgresql://vowtape:secret@127.0.0.1:1/vowtape';
	const { child, lines, errors } = await start({ PORT: await freePort(), DATABASE_URL });
	expect(errors).toBe('DATABASE_URL: the database cannot be reached (connect ECONNREFUSED 127.0.0.1:1).\n');
	expect(lines).toEqual([]);
	expect(child.exitCode).toBe(1);
});
