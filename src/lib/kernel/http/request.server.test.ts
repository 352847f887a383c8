import { expect, it } from 'vitest';
import { serve } from '../../../server.ts';

/** The id that a request with this one has, behind a proxy or not; the answer says the same as the site is told. */
async function idOf(given: string, ADDRESS_HEADER: string | undefined = 'x-real-ip') {
	const address = { ORIGIN: 'http://localhost:3000', HOST: '127.0.0.1', PORT: 0, PROXIES: 1, ADDRESS_HEADER };
	const server = await serve((request, response) => response.end(request.headers['x-request-id']), address);
	const answer = await fetch(`http://127.0.0.1:${server.port}`, { headers: { 'x-request-id': given } });
	const id = await answer.text();
	await server.stop();
	expect(id).toMatch(/^[A-Za-z\d]{8}$/);
	expect(answer.headers.get('x-request-id')).toBe(id);
	return id;
}

it('is named by the end of what the proxy calls it', async () => {
	expect(await idOf('c2b6f4b8d1a04f0f9a3e51c27d70ab12')).toBe('7d70ab12');
	expect(await idOf('01900000-0000-7000-8000-0000c0ffee00')).toBe('c0ffee00');
});

it('has a name of ours when that has no form, or no proxy is there to say it', async () => {
	for (const given of ['short', '<b>7d70ab12', 'a, 7d70ab12', '', `${'x'.repeat(200)}7d70ab12`])
		expect(await idOf(given)).not.toBe('7d70ab12');
	expect(await idOf('c2b6f4b8d1a04f0f9a3e51c27d70ab12', '')).not.toBe('7d70ab12');
});
