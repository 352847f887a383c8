import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Receiver, startReceiver } from '../../testing/receiver.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';

let receiver: Receiver;
let report: typeof import('./sentry.server.ts').report;
const place = { task: 'POST /auth/verify/[token]', id: '7d70ab12' };

beforeAll(async () => {
	receiver = await startReceiver();
	settings.SENTRY_DSN = `${receiver.url.replace('//', '//publickey@')}/self/hosted/42`;
});
beforeEach(async () => {
	receiver.received.length = 0;
	receiver.answer(200);
	// how many were told is remembered for a minute
	vi.resetModules();
	({ report } = await import('./sentry.server.ts'));
	(await import('../../lib/kernel/settings.server.ts')).settings.SENTRY_DSN = settings.SENTRY_DSN;
});
afterAll(() => receiver.stop());

type Event = {
	exception: { values: { type: string; value: string; stacktrace: { frames: Record<string, unknown>[] } }[] };
};
const told = () => JSON.parse(receiver.received[0]!.body.split('\n')[2]!) as Event;

describe('a bug', () => {
	it('arrives as an event in an envelope, with its place and its stack', async () => {
		await report(new TypeError('nothing there', { cause: new Error('the first') }), place);
		const [{ path, headers, body }] = receiver.received as [Receiver['received'][0]];
		expect(path).toBe('/self/hosted/api/42/envelope/');
		expect(headers['x-sentry-auth']).toMatch(
			/^Sentry sentry_version=7, sentry_client=vowtape\/[\d.]+, sentry_key=publickey$/
		);
		const [head, item] = body.split('\n').map((line) => line && JSON.parse(line));
		expect(item).toEqual({ type: 'event' });
		expect(told()).toMatchObject({
			event_id: head.event_id,
			platform: 'node',
			transaction: 'POST /auth/verify/[token]',
			tags: { request_id: '7d70ab12' },
			exception: {
				values: [
					{ type: 'Error', value: 'the first' },
					{ type: 'TypeError', value: 'nothing there' }
				]
			}
		});
		const { frames } = told().exception.values[1]!.stacktrace;
		expect(frames.at(-1)).toMatchObject({
			filename: 'src/operate/telemetry/sentry.server.test.ts',
			in_app: true
		});
		expect(frames.some(({ in_app, filename }) => !in_app && /^(@?vitest|node:)/.test(String(filename)))).toBe(
			true
		);
	});

	it('says nothing that a person typed', async () => {
		const guest = { id: '01900000-0000-7000-8000-000000000000', name: 'Riet Jansen', isChild: 'perhaps' };
		const errors = await Promise.allSettled([
			db.guest.create({ data: guest as never }),
			db.$queryRaw`SELECT ${'Riet Jansen'}::uuid`,
			Promise.resolve().then(() => JSON.parse('Riet Jansen')),
			Promise.reject(new Error('no mail to riet@example.org with session=abc at /auth/verify/abcDEF'))
		]);
		for (const error of errors) await report((error as PromiseRejectedResult).reason, place);
		expect(receiver.received).toHaveLength(4);
		const all = receiver.received.map(({ body }) => body).join('');
		expect(all).not.toMatch(/Riet|Jansen|riet@|session=abc|abcDEF/);
		expect(all).toContain('no mail to r***@example.org with session=*** at /auth/verify/***');
	});
});

describe('nobody waits, and nothing is thrown', () => {
	it('when there are too many', async () => {
		for (let i = 0; i < 25; i++) await report(new Error('again'), place);
		expect(receiver.received).toHaveLength(20);
	});

	it('when it wants no more for now', async () => {
		receiver.answer(429, { 'retry-after': '60' });
		await report(new Error('one'), place);
		await report(new Error('two'), place);
		expect(receiver.received).toHaveLength(1);
	});

	it('when it is not there, or what was thrown is no error', async () => {
		await report('a text', place);
		expect(told().exception.values).toEqual([{ type: 'string', value: '' }]);
		await receiver.stop();
		await report(new Error('nobody there'), place);
	});
});
