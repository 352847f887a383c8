import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, keys } from '../../testing/drill.ts';
import { sealing, unsealing } from './seal.server.ts';

const key = await keys();

const sealed = async (content: Uint8Array<ArrayBuffer>) =>
	Buffer.from(await new Response(await key.seal.close(new Blob([content]).stream())).arrayBuffer());

it.each([0, 1, 65_535, 65_536, 65_537, 200_000])(
	'knows beforehand how long %i bytes become',
	async (bytes) => {
		expect(await sealed(new Uint8Array(bytes))).toHaveLength(key.seal.sealedBytes(bytes));
	}
);

it('refuses what is no key, without repeating it', async () => {
	const mistyped = key.recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
	await expect(sealing(mistyped)).rejects.toThrow(/^BACKUP_RECIPIENT is not/);
	expect(() => unsealing('# public key: age1x\n')).toThrow(/^BACKUP_IDENTITY holds no secret key/);
	expect(() => unsealing('AGE-SECRET-KEY-1HUNTER2')).toThrow(
		/^BACKUP_IDENTITY holds a secret key of age that is not whole\.$/
	);
});

const isThere = spawnSync('age', ['--version']).status === 0;
if (!isThere) console.warn('SKIPPED: age is not installed, so nothing shows that it opens our backups');

describe.skipIf(!isThere)('the age program', () => {
	it('opens what we seal, and seals what we open', async () => {
		const content = randomBytes(200_000);
		const identity = join(folder, 'identity');
		writeFileSync(identity, `# made by a test\n${key.identity}\n`);
		const opened = execFileSync('age', ['--decrypt', '-i', identity], { input: await sealed(content) });
		expect(opened.equals(content)).toBe(true);

		const theirs = execFileSync('age', ['-r', key.recipient], { input: content });
		const back = await new Response(await key.unseal(new Blob([theirs]).stream())).arrayBuffer();
		expect(Buffer.from(back).equals(content)).toBe(true);
	});
});
