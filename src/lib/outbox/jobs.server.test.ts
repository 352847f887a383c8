import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { type Provider, startMailerSend } from '../../testing/mailersend.ts';
import type { Letter } from '../mail/letter.ts';

// the settings are read once, when the modules that use them are loaded
let provider: Provider;
let work: (data: { deliveryId: string }) => Promise<void>;
let wedding: Awaited<ReturnType<(typeof import('../../testing/fixtures.ts'))['makeWedding']>>;

const letter = (over: Partial<Letter> = {}): Letter => ({
	subject: 'You are invited',
	from: 'Anna & Ben',
	paragraphs: ['Dear Riet,'],
	button: { label: 'Open', url: 'https://example.org/i/ABC' },
	footer: 'Keep this mail.',
	language: 'nl',
	...over
});
let compose = vi.fn(async (): Promise<Letter | null> => letter());

beforeAll(async () => {
	provider = await startMailerSend();
	vi.stubEnv('MAILERSEND_API_TOKEN', 'test');
	vi.stubEnv('MAILERSEND_BASE_URL', provider.url);
	vi.stubEnv('MAIL_FROM', 'wedding@example.org');
	vi.resetModules();
	wedding = await (await import('../../testing/fixtures.ts')).makeWedding();
	({ work } = (await import('./jobs.server.ts')).sending);
	const { furnish } = await import('../kernel/domain.ts');
	furnish([
		{ name: 'test', uses: [], letters: { invitation: { compose: () => compose(), sample: () => letter() } } }
	]);
});
beforeEach(() => {
	compose = vi.fn(async (): Promise<Letter | null> => letter());
	provider.received.length = 0;
	provider.answer(202);
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await provider.stop();
});

async function put(data: { address?: string; name?: string; createdAt?: Date } = {}) {
	return letterbox.create({
		weddingId: wedding.weddingId,
		kind: 'invitation',
		address: wedding.email,
		language: 'nl',
		...data
	});
}
const state = async (id: string) => {
	const mail = await letterbox.get({ id });
	return { state: mail.state, reason: mail.reason };
};

describe('a mail in the outbox', () => {
	it('goes out through MailerSend once, in text and HTML, from the couple', async () => {
		const { id } = await put({ name: 'Riet' });
		await work({ deliveryId: id });
		await work({ deliveryId: id });
		expect(provider.received).toMatchObject([
			{
				from: { email: 'wedding@example.org', name: 'Anna & Ben' },
				to: [{ email: wedding.email, name: 'Riet' }],
				subject: 'You are invited',
				text: expect.stringContaining('https://example.org/i/ABC'),
				html: expect.stringContaining('href="https://example.org/i/ABC"'),
				tags: [id]
			}
		]);
		const { providerId } = await (
			await import('../kernel/db/db.server.ts')
		).db.delivery.findUniqueOrThrow({
			where: { id }
		});
		expect(providerId).toBe('1');
		expect(await state(id)).toEqual({ state: 'sent', reason: null });
	});

	it('goes to an address beyond ASCII as mail servers know it', async () => {
		await work({ deliveryId: (await put({ address: 'x@münchen.de' })).id });
		expect(provider.received).toMatchObject([{ to: [{ email: 'x@xn--mnchen-3ya.de' }] }]);
	});

	it.each([500, 503, 429, 401])('waits for another try when the answer is %d', async (status) => {
		const { id } = await put();
		provider.answer(status);
		await expect(work({ deliveryId: id })).rejects.toThrow(String(status));
		expect(await state(id)).toEqual({ state: 'queued', reason: null });
		provider.answer(202);
		await work({ deliveryId: id });
		expect(provider.received).toHaveLength(1);
		expect(await state(id)).toMatchObject({ state: 'sent' });
	});

	it('counts as not sent when there is no answer', async () => {
		const post = await import('../mail/post.server.ts');
		provider.answer('silence');
		const sending = post.send('id', { address: wedding.email, name: '' }, letter(), 100);
		await expect(sending).rejects.toThrow('did not answer');
	});

	it('is undeliverable, with the reason, when MailerSend refuses the address', async () => {
		const { id } = await put({ address: 'not an address' });
		await work({ deliveryId: id });
		expect(await state(id)).toEqual({
			state: 'failed',
			reason: expect.stringContaining('valid email address')
		});
	});

	it('is given up after a day', async () => {
		const { id } = await put({ createdAt: new Date(Date.now() - 25 * 3600_000) });
		await work({ deliveryId: id });
		expect(provider.received).toEqual([]);
		expect(await state(id)).toEqual({ state: 'failed', reason: 'too_late' });
	});

	it('is not sent when it is not wanted any more', async () => {
		compose.mockResolvedValue(null);
		const { id } = await put();
		await work({ deliveryId: id });
		expect(provider.received).toEqual([]);
		expect(await state(id)).toEqual({ state: 'skipped', reason: 'not_wanted' });
	});

	it('is stopped before it is sent when the mailbox has sent one back since it was written', async () => {
		const suppressions = await import('./suppressions.server.ts');
		const { id } = await put({ address: `gone-${wedding.email}` });
		const gone = { address: `GONE-${wedding.email}`, reason: 'bounced', categories: ['all'] } as const;
		await suppressions.add(wedding.weddingId, gone);
		await work({ deliveryId: id });
		expect(provider.received).toEqual([]);
		expect(await state(id)).toEqual({ state: 'skipped', reason: 'bounced' });
	});

	it('reaches one recipient, whatever is in a name or a subject', async () => {
		compose.mockResolvedValue(letter({ subject: 'Hi\r\nBcc: evil@example.org' }));
		const { id } = await put({ name: 'Riet\r\nBcc: evil@example.org' });
		await work({ deliveryId: id });
		expect(provider.received).toHaveLength(1);
		expect(provider.received[0]!.to).toHaveLength(1);
		expect(provider.received[0]).not.toHaveProperty('bcc');
		expect(JSON.stringify(provider.received[0]!.to)).not.toMatch(/\\[rn]/);
		expect(provider.received[0]!.subject).not.toMatch(/[\r\n]/);
	});

	it('names nobody with a sign that MailerSend refuses', async () => {
		compose.mockResolvedValue(letter({ from: 'Anna; Ben' }));
		await work({ deliveryId: (await put({ name: 'Maria, Jan and Sammy Davis, Jr.' })).id });
		expect(provider.received).toMatchObject([
			{ from: { name: 'Anna Ben' }, to: [{ name: 'Maria Jan and Sammy Davis Jr.' }] }
		]);
	});

	it('is sent once by two workers, and is not forgotten by the second', async () => {
		const [begun, written] = [Promise.withResolvers<void>(), Promise.withResolvers<Letter>()];
		compose.mockImplementationOnce(() => (begun.resolve(), written.promise));
		const { id } = await put();
		const first = work({ deliveryId: id });
		await begun.promise;
		await expect(work({ deliveryId: id })).rejects.toThrow('is being sent already');
		written.resolve(letter());
		await first;
		await work({ deliveryId: id });
		expect(provider.received).toHaveLength(1);
	});

	it('stays as it was reported when the report is quicker than the answer', async () => {
		const { db } = await import('../kernel/db/db.server.ts');
		const { id } = await put();
		compose.mockImplementationOnce(async () => {
			await db.delivery.update({ where: { id }, data: { state: 'delivered' } });
			return letter();
		});
		await work({ deliveryId: id });
		expect(await state(id)).toMatchObject({ state: 'delivered' });
	});

	it('waits its turn behind the ones before', async () => {
		const { pool } = await import('../kernel/db/db.server.ts');
		const mails = await Promise.all([put(), put(), put()]);
		await Promise.all(mails.map(({ id }) => work({ deliveryId: id })));
		expect(provider.received).toHaveLength(3);
		const { rows } = await pool.query(`SELECT 1 FROM rate_limit WHERE key = 'mailersend:pace'`);
		expect(rows).toHaveLength(1);
	});
});
