import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// the limit of a venue, made small; settings are read when the modules are loaded
vi.stubEnv('LOGIN_LIMIT_NETWORK', '3');

let type: (address: string) => Promise<unknown>;
let counts: () => Promise<number>;

beforeAll(async () => {
	const { makeWedding } = await import('../../../testing/fixtures.ts');
	const { db } = await import('#lib/kernel/db/db.server.ts');
	const { makeSecret: secret } = await import('#lib/kernel/token.ts');
	const { actions } = await import('./+page.server.ts');
	const { stranger } = await makeWedding();
	counts = () => db.rateLimit.count({ where: { NOT: { key: { startsWith: 'code-network' } } } });
	type = async (address) => {
		const body = new URLSearchParams({ code: 'ABCD EFGH' });
		let headers = {};
		const answer = await actions.default!({
			request: new Request('http://localhost/auth/verify-code', { method: 'POST', body }),
			locals: { viewer: stranger, language: 'en' },
			cookies: { get: () => secret(), set: () => {} },
			setHeaders: (given: object) => (headers = given),
			getClientAddress: () => address
		} as never);
		return { ...answer, headers };
	};
});
afterAll(() => vi.unstubAllEnvs());

it('refuses one network address too many, whatever cookie it invents, and nobody else', async () => {
	const [venue, before] = [crypto.randomUUID(), await counts()];
	for (let i = 0; i < 3; i++) expect(await type(venue)).toMatchObject({ status: 409 });
	expect(await type(venue)).toMatchObject({
		status: 429,
		data: { values: { code: 'ABCD EFGH' }, problem: expect.stringContaining('Too many tries') },
		headers: { 'retry-after': expect.stringMatching(/^\d+$/) }
	});
	expect(await type(crypto.randomUUID())).toMatchObject({ status: 409 });
	expect(await counts()).toBe(before);
});
