import type { EmailParams } from 'mailersend';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { type Provider, startMailerSend } from '../../testing/mailersend.ts';
import { type Receiver, startReceiver } from '../../testing/receiver.ts';

let provider: Provider;
let work: (data: { deliveryId: string }) => Promise<void>;
let db: typeof import('../kernel/db/db.server.ts').db;
let wedding: Awaited<ReturnType<(typeof import('../../testing/fixtures.ts'))['makeWedding']>>;

let chat: Receiver;
const told = () => chat.received.map(({ body }) => (JSON.parse(body) as { text: string }).text);

beforeAll(async () => {
	chat = await startReceiver();
	provider = await startMailerSend();
	vi.stubEnv('WEBHOOK_URL', `${chat.url}/hook`);
	vi.stubEnv('MAILERSEND_API_TOKEN', 'test');
	vi.stubEnv('MAILERSEND_BASE_URL', provider.url);
	vi.stubEnv('MAIL_FROM', 'wedding@example.org');
	vi.resetModules();
	({ db } = await import('../kernel/db/db.server.ts'));
	wedding = await (await import('../../testing/fixtures.ts')).makeWedding();
	({ work } = (await import('./jobs.server.ts')).sending);
	const sample = () => ({
		subject: 'Your link',
		from: 'Anna & Ben',
		paragraphs: [],
		button: { label: 'Open', url: 'https://example.org/i/ABC' },
		footer: '',
		language: 'en'
	});
	const { furnish } = await import('../kernel/domain.ts');
	furnish([{ name: 'test', uses: [], letters: { login: { compose: async () => sample(), sample } } }]);
});
beforeEach(async () => {
	chat.received.length = 0;
	await letterbox.remove({ state: 'queued' });
	// also what the files before this one have left in the worker's database
	for (const startsWith of ['mail-alarm', 'mail-warning', 'mailersend-list-unsubscribe'])
		await db.rateLimit.deleteMany({ where: { key: { startsWith } } });
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await chat.stop();
	await provider.stop();
});

/** Tries to send a mail that was written so many minutes ago. */
async function attempt(answer: number | 'sender', minutes = 0, address = wedding.email) {
	provider.answer(answer);
	const createdAt = new Date(Date.now() - minutes * 60_000);
	const { weddingId } = wedding;
	const { id } = await letterbox.create({ weddingId, kind: 'login', address, language: 'en', createdAt });
	await work({ deliveryId: id }).catch(() => {});
	return (await letterbox.get({ id })).state;
}

describe('the maintainer is told that no mail leaves', () => {
	it.each([401, 403])('at once when the token is refused with %d', async (status) => {
		await attempt(status);
		expect(told()).toEqual([
			`http://localhost:3000: mail does not leave, 1 waiting. MailerSend answered ${status}: answer ${status} Look at MAILERSEND_API_TOKEN.`
		]);
	});

	it('at once when the sender is refused, and the mail is kept for when it is not', async () => {
		expect(await attempt('sender')).toBe('queued');
		expect(told()).toEqual([expect.stringContaining('Look at MAIL_FROM.')]);
	});

	it('when nothing has been taken for a quarter of an hour, and not before', async () => {
		await attempt(503, 14);
		expect(told()).toEqual([]);
		await attempt(503, 16);
		expect(told()).toEqual([
			'http://localhost:3000: mail does not leave, 2 waiting. MailerSend answered 503: answer 503 It is tried again, for a day.'
		]);
	});

	it('once an hour, whichever process meets it', async () => {
		await attempt(401);
		vi.resetModules();
		const other = await import('../mail/alarm.server.ts');
		const { NotTaken } = await import('../mail/post.server.ts');
		await Promise.all([1, 2].map(() => other.raise(new NotTaken('again', 'MAILERSEND_API_TOKEN'), 0)));
		expect(told()).toHaveLength(1);
		await db.rateLimit.updateMany({
			where: { key: { startsWith: 'mail-alarm' } },
			data: { expire: Date.now() - 1 }
		});
		await other.raise(new NotTaken('an hour later', 'MAILERSEND_API_TOKEN'), 0);
		expect(told()).toHaveLength(2);
	});
});

it('a plan without List-Unsubscribe is told, and remembered until a mail with one is taken', async () => {
	const headers = await import('../mail/list-unsubscribe.server.ts');
	const sent = [{ list_unsubscribe: 'https://example.org/unsubscribe/x' } as EmailParams];
	expect(await headers.isMissing()).toBe(false);
	const body = { message: 'The list_unsubscribe field is not available on your plan.' };
	expect(await headers.isRefused(sent, { statusCode: 422, body })).toBe(true);
	expect(await headers.isMissing()).toBe(true);
	expect(told()).toEqual([expect.stringContaining('List-Unsubscribe')]);
	// the next process, on a larger plan
	vi.resetModules();
	const next = await import('../mail/list-unsubscribe.server.ts');
	await next.noteTaken([{} as EmailParams]);
	expect(await next.isMissing()).toBe(true);
	await next.noteTaken(sent);
	expect(await next.isMissing()).toBe(false);
});

describe('nobody is told', () => {
	it('of one address that is refused', async () => {
		expect(await attempt(202, 60, 'not an address')).toBe('failed');
		expect(told()).toEqual([]);
	});

	it('whom a mail is for', async () => {
		await attempt(401, 0, 'anna.devries@example.org');
		expect(told().join()).not.toContain('anna');
	});
});
