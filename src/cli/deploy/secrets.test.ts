import { generateIdentity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, it } from 'vitest';
import { seal } from './seal.ts';
import { choose, decrypt } from './secrets.ts';

const prod = {
	POSTGRES_PASSWORD: `it's $ecret`,
	MAILERSEND_API_TOKEN: 'mlsn.x',
	MAIL_FROM: 'us@example.org',
	BACKUP_RECIPIENT: 'age1x'
};
const plain = { REGISTRY_USER: 'deploy', REGISTRY_PASSWORD: 'hush', dev: { UPLOAD_LIMIT: '' }, prod };
let key: string;
let sealed: string;

beforeAll(async () => {
	key = await generateIdentity();
	sealed = await seal(plain, await identityToRecipient(key));
});

describe('secrets.yml', () => {
	it('is opened with the right one of several keys', async () => {
		expect(sealed).not.toMatch(/hush|ecret|mlsn/);
		expect(await decrypt(sealed, [await generateIdentity(), key])).toEqual(plain);
	});

	it('is refused without a key, with another one, and when it was changed', async () => {
		await expect(decrypt(sealed, [])).rejects.toThrow(/no age key was found/);
		await expect(decrypt(sealed, [await generateIdentity()])).rejects.toThrow(/none of your age keys/);
		const moved = sealed.replace('MAIL_FROM', 'MAIL_FROM_NAME');
		await expect(decrypt(moved, [key])).rejects.toThrow(/changed by hand/);
	});

	it('is refused when it is not encrypted at all', async () => {
		await expect(decrypt('prod:\n  MAIL_FROM: us@example.org\n', [key])).rejects.toThrow(/not encrypted/);
		for (const source of ['', 'a: [']) await expect(decrypt(source, [key])).rejects.toThrow(/not encrypted/);
	});

	it('gives an environment its own part, and the way into the registry', () => {
		expect(choose(plain, 'prod')).toEqual({ settings: prod, login: { user: 'deploy', password: 'hush' } });
		expect(choose({ prod: { ...prod, UPLOAD_LIMIT: null } }, 'prod').settings.UPLOAD_LIMIT).toBe('');
		expect(choose({ prod }, 'prod').login).toBeUndefined();
	});

	it('names what is missing, and never a value', () => {
		expect(() => choose(plain, 'test')).toThrow('secrets.yml has no test');
		expect(() => choose(plain, 'dev')).toThrow('secrets.yml: dev.POSTGRES_PASSWORD is not set');
		expect(() => choose({ prod: { ...prod, MAIL_FROM: ['a'] } }, 'prod')).toThrow(
			'secrets.yml: prod.MAIL_FROM must be one value.'
		);
	});
});
