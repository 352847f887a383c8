import { expect, it } from 'vitest';
import { settings } from '../settings.server.ts';
import { canSeal, seal, unseal } from './sealed.server.ts';

const place = 'diet.sealed:1';

it('comes back as it was, and shows nothing of itself', () => {
	const sealed = seal('no nuts, é', place);
	expect(unseal(sealed, place)).toBe('no nuts, é');
	expect(Buffer.from(sealed).toString('latin1')).not.toContain('nuts');
	expect(seal('no nuts, é', place)).not.toEqual(sealed);
});

it('is worth nothing in another row, or when a bit of it was changed', () => {
	const sealed = seal('no nuts', place);
	expect(() => unseal(sealed, 'diet.sealed:2')).toThrow();
	for (const [at] of sealed.entries()) {
		const changed = Buffer.from(sealed);
		changed[at]! ^= 1;
		expect(() => unseal(changed, place), String(at)).toThrow();
	}
});

it('is not to be had in production without a key, which is never made up there', () => {
	const { NODE_ENV } = process.env;
	process.env.NODE_ENV = 'production';
	try {
		expect(canSeal()).toBe(Boolean(settings.DATA_KEY));
	} finally {
		process.env.NODE_ENV = NODE_ENV;
	}
});
