import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// the limit of a venue, made small; settings are read when the modules are loaded
vi.stubEnv('LOGIN_LIMIT_NETWORK', '3');

let ask: (address: string) => Promise<unknown>;
let stop: () => Promise<unknown>;

beforeAll(async () => {
	const { acceptJobs, makeWedding } = await import('../../../testing/fixtures.ts');
	const { actions } = await import('./+page.server.ts');
	const requests = await import('#lib/auth/requests.server.ts');
	const jobs = await import('#lib/kernel/jobs/jobs.server.ts');
	await acceptJobs();
	const { stranger, weddingId } = await makeWedding();
	stop = () => requests.settle().then(jobs.stop);
	ask = async (address) => {
		const body = new URLSearchParams({ email: 'riet@example.org', next: '/recordings' });
		let headers = {};
		const answer = await actions.default!({
			request: new Request('http://localhost/auth/send-link', { method: 'POST', body }),
			locals: { viewer: stranger, wedding: { id: weddingId }, language: 'en' },
			cookies: { get: () => undefined, set: () => {} },
			setHeaders: (given: object) => (headers = given),
			getClientAddress: () => address
		} as never);
		return { ...answer, headers };
	};
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await stop();
});

it('refuses one network address too many with Retry-After and what was typed, and nobody else', async () => {
	const venue = crypto.randomUUID();
	for (let i = 0; i < 3; i++) await expect(ask(venue)).rejects.toMatchObject({ status: 303 });
	expect(await ask(venue)).toMatchObject({
		status: 429,
		data: {
			values: { email: 'riet@example.org', next: '/recordings' },
			problem: expect.stringContaining('Too many tries')
		},
		headers: { 'retry-after': expect.stringMatching(/^\d+$/) }
	});
	await expect(ask(crypto.randomUUID())).rejects.toMatchObject({ status: 303 });
});
