import { expect, it, vi } from 'vitest';
import { Problem } from '#lib/kernel/problem.ts';

vi.mock('#lib/recordings/uploads.server.ts', () => ({
	receive: async () => ({ fields: { title: 'The toast' } }),
	finish: () => Promise.reject(new Problem(503, 'busy', {}, { 'retry-after': '60' }))
}));

it('a form that comes while too many wait is given back, with what was typed and when to try again', async () => {
	const { actions } = await import('./+page.server.ts');
	let headers = {};
	const answer = await actions.default({
		request: new Request('http://localhost/api/upload', { method: 'POST' }),
		locals: {},
		cookies: { get: () => undefined },
		url: new URL('http://localhost/api/upload'),
		setHeaders: (given: object) => (headers = given)
	} as never);
	expect(answer).toMatchObject({
		status: 503,
		data: { values: { title: 'The toast' }, problem: expect.stringContaining('try again in a minute') }
	});
	expect(headers).toEqual({ 'retry-after': '60' });
});
