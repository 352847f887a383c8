import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { read, words, writer } from '../../testing/mailing.ts';
import { db } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import * as households from '../people/households.server.ts';
import * as invitations from '../people/invitations.server.ts';
import * as invitation from './invitation.server.ts';
import * as lines from './lines.server.ts';
import * as mailings from './mailings.server.ts';
import { greet } from './placeholder.ts';
import * as sending from './sending.server.ts';

type Made = Awaited<ReturnType<typeof makeWedding>>;
let made: Made;
let by: ReturnType<typeof writer>;

beforeAll(() => acceptJobs());
afterAll(() => jobs.stop());
beforeEach(async () => void (by = writer((made = await makeWedding()))));

const refusal = (code: string) => expect.objectContaining({ status: 409, code });

describe('a draft', () => {
	it('is there once, and keeps the languages that a page does not show', async () => {
		const id = crypto.randomUUID();
		await Promise.all([1, 2].map(() => mailings.add(made.couple, { id, ...words })));
		expect(await mailings.list(made.couple)).toHaveLength(1);
		const { version } = await mailings.get(made.couple, id);
		await mailings.save(made.couple, id, { version, subject: { nl: 'Nu' }, text: { nl: '' } });
		expect(await mailings.get(made.couple, id)).toMatchObject({
			...{ subject: { en: 'Later', nl: 'Nu' }, text: { en: words.text.en } }
		});
		const again = { version, subject: { nl: 'x' }, text: {} };
		await expect(mailings.save(made.couple, id, again)).rejects.toEqual(refusal('mailing_changed'));
	});

	it('is not begun in a language where the page’s greeting is all that there is', async () => {
		const id = crypto.randomUUID();
		const text = { en: 'Dear {first_names},\n\nSoon!', nl: greet('nl') };
		await mailings.add(made.couple, { id, version: '', subject: { en: 'Soon', nl: '' }, text });
		expect(await mailings.get(made.couple, id)).toMatchObject({
			subject: { en: 'Soon' },
			text: { en: text.en }
		});
		expect((await mailings.get(made.couple, id)).text).not.toHaveProperty('nl');
		expect(await sending.check(made.couple, await mailings.get(made.couple, id))).toEqual([]);
	});

	it('is sent to the couple as a test, as a household would read it', async () => {
		const id = await by.draft();
		expect(await sending.test(made.couple, id, made.household.id)).toBe(made.couple.email);
		const [mail] = await by.mails();
		expect(mail).toMatchObject({ kind: 'trial', address: made.couple.email, householdId: null });
		expect(await read(mail!)).toMatch(/^Proef: Later\nLieve Riet,/);
		expect((await mailings.get(made.couple, id)).state).toBe('draft');
	});

	it('is nobody’s but the couple’s, and of their wedding', async () => {
		const id = await by.draft();
		const other = await makeWedding();
		const strange = [
			() => mailings.get(other.couple, id),
			() => sending.send(other.couple, id, ''),
			() => lines.save(other.couple, id, {})
		];
		for (const act of strange) await expect(act()).rejects.toMatchObject({ status: 404 });
		for (const viewer of [made.helper, made.guest])
			await expect(mailings.list(viewer)).rejects.toMatchObject({ status: 403 });
		expect(
			await sending.findReach(other.couple, { audience: { to: 'everybody' }, kind: 'news' })
		).toMatchObject({
			reached: [{ household: { id: other.household.id } }]
		});
	});
});

describe('the invitation of the couple’s own', () => {
	it('begins with our words, is one, and says its personal line to that household alone', async () => {
		const ids = await Promise.all([invitation.begin(made.couple), invitation.begin(made.couple)]);
		expect(new Set(ids).size).toBe(1);
		const id = ids[0]!;
		const helen = await by.add('Helen');
		const mailing = await mailings.get(made.couple, id);
		expect(mailing).toMatchObject({ kind: 'invitation', audience: { to: 'uninvited' } });
		expect(mailing.text.nl).toMatch(/^Lieve \{first_names\},\n\n.*\n\nUtrecht|Beste/);
		await lines.save(made.couple, id, { [made.household.id]: 'Tot bij het <dessert>!', [helen]: '' });
		await invitations.sendAll(made.couple);
		const [riet, other] = await Promise.all(
			(await by.mails()).toSorted((one) => (one.language === 'nl' ? -1 : 1)).map(read)
		);
		expect(riet).toContain('Tot bij het <dessert>!');
		expect(other).not.toContain('dessert');
		expect(other).toContain('Dear Helen,');
	});

	it('goes out by itself as often as somebody joins, and the buttons of the list use its words', async () => {
		const id = await invitation.begin(made.couple);
		const { version } = await mailings.get(made.couple, id);
		await mailings.save(made.couple, id, {
			version,
			subject: { nl: 'Kom!' },
			text: { nl: '{first_names}, wij trouwen.' }
		});
		await by.send(id);
		expect(await read((await by.mails())[0]!)).toMatch(/^Kom!\nRiet, wij trouwen\./);
		expect((await households.get(made.couple, made.household.id)).invitedAt).toBeInstanceOf(Date);
		await expect(by.send(id)).rejects.toEqual(refusal('mailing_nobody'));
		await by.add('Henk', 'nl');
		await by.add('Ria', 'nl');
		await by.send(id);
		expect(await by.mails()).toHaveLength(3);
	});

	it('is ours where they have none, and after the day', async () => {
		await invitations.send(made.couple, [made.household.id]);
		expect(await read((await by.mails())[0]!)).toContain('Uitnodiging: Anna & Ben');
		const id = await invitation.begin(made.couple);
		const { version } = await mailings.get(made.couple, id);
		await mailings.save(made.couple, id, { version, subject: { nl: 'Kom!' }, text: { nl: 'Wij trouwen.' } });
		expect(await read((await by.mails())[0]!)).toMatch(/^Kom!/);
		await db.wedding.update({ where: { id: made.weddingId }, data: { heldOn: new Date('2020-06-12') } });
		await db.mailing.update({ where: { id }, data: { createdAt: new Date('2020-01-01') } });
		expect(await read((await by.mails())[0]!)).toMatch(/^Onze trouwsite: /);
	});
});
