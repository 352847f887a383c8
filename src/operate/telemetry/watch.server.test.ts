import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../../testing/receiver.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { NotTaken } from '../../lib/mail/post.server.ts';
import * as watch from './watch.server.ts';

let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	settings.SENTRY_DSN = `${receiver.url.replace('//', '//key@')}/7`;
	await watch.begin();
});
afterAll(() => receiver.stop());

it('a job that fails still fails, and is reported unless somebody else is away', async () => {
	const errors = [
		new NotTaken('MailerSend answered 500'),
		Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
		new Problem(503, 'database_away'),
		new TypeError('a bug')
	];
	for (const error of errors) {
		const { work } = watch.watchQueue({ name: 'outbox.send', work: () => Promise.reject(error) });
		await expect(work({} as never)).rejects.toBe(error);
	}
	await expect.poll(() => receiver.received.length).toBe(1);
	expect(JSON.parse(receiver.received[0]!.body.split('\n')[2]!)).toMatchObject({
		transaction: 'outbox.send',
		tags: {},
		exception: { values: [{ type: 'TypeError', value: 'a bug' }] }
	});
});

it('a request is answered the same, whoever watches', async () => {
	const asked = { id: '7d70ab12', method: 'GET', route: '/login' };
	const response = new Response('ok');
	expect(await watch.request(asked, async () => response)).toBe(response);
	const error = new Error('no');
	await expect(watch.request(asked, () => Promise.reject(error))).rejects.toBe(error);
});
