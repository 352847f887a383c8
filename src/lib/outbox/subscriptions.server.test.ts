import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { type Provider, startMailerSend } from '../../testing/mailersend.ts';
import { type Receiver, startReceiver } from '../../testing/receiver.ts';
import type { Letter } from '../mail/letter.ts';

// the settings are read once, when the modules that use them are loaded
let provider: Provider;
let maintainer: Receiver;
let wedding: Awaited<ReturnType<(typeof import('../../testing/fixtures.ts'))['makeWedding']>>;
let subscriptions: typeof import('./subscriptions.server.ts');
let work: (data: { deliveryId: string }) => Promise<void>;

const letter: Letter = {
	...{ subject: 'At eight', from: 'Anna & Ben', paragraphs: ['Dear Riet,'], footer: 'Why', language: 'nl' },
	button: { label: 'Open', url: 'https://example.org/i/ABC' }
};

beforeAll(async () => {
	[provider, maintainer] = await Promise.all([startMailerSend(), startReceiver()]);
	vi.stubEnv('MAILERSEND_API_TOKEN', 'test');
	vi.stubEnv('MAILERSEND_BASE_URL', provider.url);
	vi.stubEnv('MAIL_FROM', 'wedding@example.org');
	vi.stubEnv('WEBHOOK_URL', `${maintainer.url}/hook`);
	vi.resetModules();
	wedding = await (await import('../../testing/fixtures.ts')).makeWedding();
	({ work } = (await import('./jobs.server.ts')).sending);
	subscriptions = await import('./subscriptions.server.ts');
	const said = { compose: async () => letter, sample: () => letter };
	const letters = {
		invitation: { ...said, category: 'news' as const },
		place: { ...said, category: 'reminders' as const },
		answers: said
	};
	(await import('../kernel/domain.ts')).furnish([{ name: 'test', uses: [], letters }]);
});
beforeEach(() => {
	provider.received.length = 0;
	provider.answer(202);
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await Promise.all([provider.stop(), maintainer.stop()]);
});

/** Sends one of this kind to Riet; gives back what the provider got, if anything. */
async function send(kind: 'invitation' | 'place' | 'answers', address = wedding.email) {
	const { weddingId } = wedding;
	const { id } = await letterbox.create({ weddingId, kind, address, language: 'nl' });
	provider.received.length = 0;
	await work({ deliveryId: id });
	return provider.received[0];
}
const tokenIn = (url = '') => new URL(url).pathname.split('/')[2]!;

it('every mail that can be turned off says how, in its own language, and the others do not', async () => {
	const news = await send('invitation');
	const [, url = ''] = /(https?:\/\/\S+\/unsubscribe\/[\w-]{43}\?of=news)\n$/.exec(news!.text)!;
	expect(news!.list_unsubscribe).toBe(url);
	expect(new URL(url).host).toBe(`${wedding.mark}.example`);
	expect(news!.text).toContain('Geen nieuws meer per mail:');
	expect(news!.html).toContain(`href="${url}"`);
	const reminder = await send('place', wedding.email.toUpperCase());
	expect(reminder!.list_unsubscribe).toBe(url.replace('news', 'reminders'));
	const confirmation = await send('answers');
	expect(confirmation).not.toHaveProperty('list_unsubscribe');
	expect(confirmation!.text).not.toContain('unsubscribe');
});

it('who turns one off gets no more of it, and more when they turn it on again', async () => {
	const token = tokenIn((await send('place'))!.list_unsubscribe);
	const { stranger, guest } = wedding;
	await subscriptions.change(stranger, token, { off: ['reminders'] });
	await subscriptions.change(stranger, token, { off: ['reminders'] });
	expect([await send('place'), Boolean(await send('invitation')), Boolean(await send('answers'))]).toEqual([
		...[undefined, true, true]
	]);
	expect(await subscriptions.open(guest, token)).toEqual({
		...{ address: wedding.email, isOff: { reminders: true, news: false }, isSilent: false }
	});
	await subscriptions.change(stranger, token, { on: ['reminders'] });
	expect(await send('place')).toBeTruthy();
});

it('a link is good at its own wedding alone, and says whose language it is', async () => {
	const token = tokenIn((await send('place'))!.list_unsubscribe);
	const { makeWedding } = await import('../../testing/fixtures.ts');
	const { stranger, weddingId } = await makeWedding();
	await expect(subscriptions.open(stranger, token)).rejects.toMatchObject({ status: 404 });
	const off = subscriptions.change(stranger, token, { off: ['news'] });
	await expect(off).rejects.toMatchObject({ status: 404 });
	expect(await subscriptions.findLanguage(weddingId, token)).toBeUndefined();
	expect(await subscriptions.findLanguage(wedding.weddingId, token)).toBe('nl');
});

it.each([
	['news', ['news']],
	['reminders', ['reminders']],
	['all', ['reminders', 'news']],
	[null, ['reminders', 'news']]
])('one click at a mail of %s turns off %j', (asked, expected) => {
	expect(subscriptions.readOneClick(asked)).toEqual(expected);
});

it('a plan without the header gets the mails without it, and the maintainer is told once', async () => {
	provider.answer('plan');
	for (let time = 0; time < 3; time++) {
		const mail = await send('invitation');
		expect(mail).not.toHaveProperty('list_unsubscribe');
		expect(mail!.text).toContain('/unsubscribe/');
	}
	expect(maintainer.received).toHaveLength(1);
	expect(JSON.stringify(maintainer.received)).toContain('List-Unsubscribe');
});
