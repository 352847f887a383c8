import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
	appendFileSync,
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './tool.ts';

const nobody = { uid: 65534, gid: 65534 };
// a clone in root's own home is closed to the user that a test becomes
const canBeNobody =
	process.getuid?.() === 0 && spawnSync('/bin/ls', [root], { ...nobody, cwd: '/' }).status === 0;

// in place of what takes half a minute: the files that everybody looks for, and a word that it was here
const BUNDLE = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
export const main = () => {
	for (const folder of ['build', 'prisma/client', 'src/lib/i18n/compiled']) mkdirSync(folder, { recursive: true });
	for (const file of ['build/handler.js', 'prisma/client/client.ts', 'src/lib/i18n/compiled/messages.js'])
		writeFileSync(file, '');
	appendFileSync('built', '.');
};`;

describe('npm run build', () => {
	let clone: string;

	beforeAll(() => {
		clone = mkdtempSync(join(tmpdir(), 'vowtape-build-'));
		chmodSync(clone, 0o755);
		for (const name of ['src', 'static', 'prisma'])
			cpSync(join(root, name), join(clone, name), { recursive: true });
		for (const name of ['package.json', 'package-lock.json', 'vite.config.ts'])
			cpSync(join(root, name), join(clone, name));
		mkdirSync(join(clone, 'node_modules'));
		for (const name of readdirSync(join(root, 'node_modules')).filter((name) => name !== '.cache'))
			symlinkSync(join(root, 'node_modules', name), join(clone, 'node_modules', name));
		writeFileSync(join(clone, 'src/cli/bundle.ts'), BUNDLE);
	});
	afterAll(() => rmSync(clone, { recursive: true }));

	const change = () => appendFileSync(join(clone, 'src/app.html'), '\n');
	const built = () => readFileSync(join(clone, 'built'), 'utf8').length;

	async function build(user = {}): Promise<string> {
		const child = spawn(process.execPath, [join(clone, 'src/cli/run.js'), 'build'], {
			cwd: clone,
			timeout: 30_000,
			...user
		});
		const [errors, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
		return [errors.trim(), code, signal].filter(Boolean).join(' ');
	}

	it('builds once, and again when something has changed', async () => {
		expect(await build()).toBe('Building …');
		expect(await build()).toBe('');
		change();
		expect(await build()).toBe('Building …');
		expect(built()).toBe(2);
	});

	it('builds once for two who ask at the same time', async () => {
		change();
		expect((await Promise.all([build(), build()])).toSorted()).toEqual(['', 'Building …']);
		expect(built()).toBe(3);
	});

	it.each([
		['an empty lock', ''],
		['a lock with a process id that is somebody else by now', String(process.pid)]
	])('builds where a power cut left %s', async (_, content) => {
		change();
		writeFileSync(join(clone, 'node_modules/.cache/vowtape-build'), content);
		expect(await build()).toBe('Building …');
	});

	it.runIf(canBeNobody)('leaves a build that is somebody else’s as it is', async () => {
		expect(await build(nobody)).toBe('');
	});

	it.runIf(canBeNobody)('says who can build where it may not', async () => {
		change();
		expect(await build(nobody)).toBe(
			`The site has to be built, and you may not write to ${clone}/build: whoever owns it can, with npm run build. 1`
		);
	});
});
