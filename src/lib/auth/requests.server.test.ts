import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, makeWedding, stopAtAudit, untilWaiting } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { digest } from '../kernel/token.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import * as households from '../people/households.server.ts';
import * as links from './links.server.ts';
import * as requests from './requests.server.ts';

let wedding: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => {
	wedding = await makeWedding();
	await acceptJobs();
});
afterAll(jobs.stop);

const ask = (...emails: unknown[]) => askIn('nonce', ...emails);

async function askIn(nonce: string, ...emails: unknown[]) {
	for (const email of emails) {
		requests.take({
			weddingId: wedding.weddingId,
			email,
			nonce,
			next: '/recordings',
			language: 'en'
		});
	}
	await requests.settle();
}

const mails = (address?: string) => letterbox.list({ weddingId: wedding.weddingId, address });

describe('asking for a login link', () => {
	it('writes a mail and its job for the stored address, whatever the case', async () => {
		await ask(wedding.email.toUpperCase());
		expect(await mails(wedding.email)).toMatchObject([
			{
				kind: 'login',
				address: wedding.email,
				name: 'Riet',
				language: 'nl',
				guestId: wedding.riet.id,
				next: '/recordings',
				nonceHash: new Uint8Array(digest('nonce')),
				state: 'queued'
			}
		]);
		const [mail] = await mails(wedding.email);
		const found = await db.$queryRaw`SELECT 1 FROM jobs.job WHERE data->>'deliveryId' = ${mail!.id}`;
		expect(found).toHaveLength(1);
	});

	it('understands an address as it is pasted, and one beyond ASCII in both its forms', async () => {
		const at = (host: string) => `jo-${wedding.mark}@${host}`;
		const { weddingId, household } = wedding;
		const guest = { weddingId, householdId: household.id, name: 'Jo', email: at('münchen.de') };
		await db.guest.create({ data: guest });
		await ask(
			`Jo <${at('MÜNCHEN.de')}>`,
			`mailto:${at('xn--mnchen-3ya.de')}?subject=Hi`,
			`\u200b${at('münchen.de')}.`
		);
		expect(await mails(guest.email)).toHaveLength(3);
		expect(await mails(at('xn--mnchen-3ya.de'))).toEqual([]);
		await db.guest.deleteMany({ where: { email: guest.email } });
	});

	it('leaves nothing for an unknown, a look-alike or a disabled address, or for what is none', async () => {
		await db.account.update({
			where: { id: wedding.helper.accountId },
			data: { disabledAt: new Date() }
		});
		const before = (await mails()).length;
		await ask(
			'nobody@example.org',
			wedding.email.replace('riet', 'rıet'),
			wedding.email.replace('@', '+x@'),
			wedding.helper.email,
			`${wedding.email}\r\nBcc: evil@example.org`,
			[wedding.email],
			undefined
		);
		expect(await mails()).toHaveLength(before);
	});

	it('answers an account of the wedding in the language of the page', async () => {
		await ask(wedding.couple.email);
		expect(await mails(wedding.couple.email)).toMatchObject([
			{ accountId: wedding.couple.accountId, householdId: null, language: 'en' }
		]);
	});

	it('sends the sixth mail of an hour to nobody', async () => {
		const { email } = await db.account.create({
			data: {
				email: `busy-${wedding.mark}@example.org`,
				members: { create: { weddingId: wedding.weddingId, role: 'couple' } }
			}
		});
		await ask(email, email, email);
		await ask(...Array(10).fill(email));
		expect(await mails(email)).toHaveLength(5);
		await letterbox.update({ address: email }, { createdAt: new Date(Date.now() - 61 * 60_000) });
		await ask(email);
		expect(await mails(email)).toHaveLength(6);
	});

	it('renews a spent link for whoever holds it, without typing', async () => {
		const { url } = await links.make({
			weddingId: wedding.weddingId,
			householdId: wedding.household.id,
			guestId: wedding.riet.id
		});
		const token = url.split('/').at(-1)!;
		const before = (await mails(wedding.email)).length;
		const request = { weddingId: wedding.weddingId, nonce: 'n', next: '/', language: 'en' };
		requests.take({ ...request, spentToken: `${token}%22.` });
		requests.take({ ...request, spentToken: 'never-ours' });
		await requests.settle();
		expect(await mails(wedding.email)).toHaveLength(before + 1);
	});

	it('is answered although somebody else who asked is being removed', async () => {
		const { weddingId, couple, household, email } = await makeWedding();
		const goOn = await stopAtAudit();
		const removing = households.remove(couple, household.id);
		await untilWaiting(1);
		const request = { weddingId, nonce: 'n', next: '/', language: 'en' };
		for (const asked of [email, couple.email]) requests.take({ ...request, email: asked });
		await untilWaiting(2);
		await goOn();
		await removing;
		await requests.settle();
		const sent = await letterbox.list({ weddingId });
		expect(sent).toMatchObject([{ address: couple.email }]);
	});

	it('stays within the wedding', async () => {
		const other = await makeWedding();
		await ask(other.email, other.couple.email);
		expect(await letterbox.count({ weddingId: other.weddingId })).toBe(0);
	});
});

describe('who has used up the mails of an hour', () => {
	/** Somebody of the couple who was signed in, in this browser. */
	async function member(browser: string) {
		const { weddingId, stranger, mark } = wedding;
		const email = `${browser}-${mark}@example.org`;
		const members = { create: { weddingId, role: 'couple' } } as const;
		const { id: accountId } = await db.account.create({ data: { email, members } });
		const { url } = await links.make({ weddingId, accountId });
		await links.enter(stranger, url.split('/').at(-1)!, undefined, browser);
		return email;
	}

	it('has left those of a browser in which this person was signed in before', async () => {
		const email = await member('carla');
		for (let n = 0; n < 8; n++) await askIn(`stranger ${n}`, email);
		expect(await mails(email)).toHaveLength(5);
		await askIn('carla', email);
		expect((await mails(email)).at(-1)!.nonceHash).toEqual(new Uint8Array(digest('carla')));
		await askIn('carla', ...Array(10).fill(email));
		expect(await mails(email)).toHaveLength(10);
	});

	it('has left none to a browser that was signed in as somebody else, or not at all', async () => {
		const email = await member('dora');
		await member('emil');
		const { url } = await links.make(
			{ weddingId: wedding.weddingId, householdId: wedding.household.id },
			{ nonceHash: digest('asked only') }
		);
		await links.enter(wedding.stranger, url.split('/').at(-1)!, undefined, 'another');
		await askIn('emil', ...Array(9).fill(email));
		await askIn('asked only', email);
		expect(await mails(email)).toHaveLength(5);
	});

	it('has left those of a guest who came in by a typed code', async () => {
		const { weddingId, household, riet, stranger, email } = wedding;
		await letterbox.remove({ address: email });
		const holder = { weddingId, householdId: household.id, guestId: riet.id };
		await links.expectCode(stranger, 'riet');
		const { code } = await links.make(holder, { nonceHash: digest('riet') });
		await links.enterByCode(stranger, 'riet', code);
		await askIn('stranger', ...Array(9).fill(email));
		await askIn('riet', email);
		expect(await mails(email)).toHaveLength(6);
	});
});
