import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lock } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'vowtape-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a lock', () => {
	it('is one holder’s until it is let go', () => {
		const file = join(folder, 'one');
		const release = lock(file)!;
		expect(lock(file)).toBeUndefined();
		release();
		lock(file)!();
	});

	it.each([
		['an empty file', ''],
		['one with the process id of somebody who lives', String(process.ppid)],
		['one full of zeros', '\0'.repeat(4096)]
	])('is taken where a power cut left %s, and held there', (name, content) => {
		const file = join(folder, name);
		writeFileSync(file, content);
		const release = lock(file)!;
		expect(lock(file)).toBeUndefined();
		release();
	});

	it('is nobody’s once its holder was killed', async () => {
		const file = join(folder, 'killed');
		const code = `import { lock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
			lock(${JSON.stringify(file)});
			console.log('held');
			setInterval(() => {}, 1000);`;
		const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
			stdio: ['ignore', 'pipe', 'inherit']
		});
		await once(holder.stdout, 'data');
		expect(lock(file)).toBeUndefined();
		holder.kill('SIGKILL');
		await once(holder, 'exit');
		lock(file)!();
	});
});
