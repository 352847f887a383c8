import { expect, it, vi } from 'vitest';
import { makeWedding } from '../../fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { db } from '../kernel/db.server.ts';
import { after, before, clock, DAY, MINUTE } from '../kernel/clock.ts';
import { digest } from '../kernel/token.ts';
import { login, sweeping } from './jobs.server.ts';
import * as links from './links.server.ts';

it.each([
	['Anna & Ben', 'en', 'Your link to the wedding of Anna & Ben', 'Anna & Ben'],
	['', 'en', 'Your link to our wedding', 'Our wedding'],
	['', 'nl', 'Je link naar onze bruiloft', 'Onze bruiloft']
])('the login mail reads well for a couple named “%s”, in %s', async (names, language, subject, from) => {
	const { weddingId, couple } = await makeWedding(names);
	const { accountId, email } = couple;
	const mail = await db.mail.create({
		data: { weddingId, kind: 'login', address: email, language, accountId, next: '/' }
	});
	expect(await inLanguage(language, () => login(mail))).toMatchObject({ subject, from });
});

it('the login mail still goes to whose address was written in capitals while it waited', async () => {
	const { weddingId, household, riet, email } = await makeWedding();
	const holder = { householdId: household.id, guestId: riet.id };
	const mail = await db.mail.create({
		data: { weddingId, kind: 'login', address: email, language: 'en', next: '/', ...holder }
	});
	await db.guest.update({ where: { id: riet.id }, data: { email: email.toUpperCase() } });
	expect(await login(mail)).not.toBeNull();
	await db.guest.update({ where: { id: riet.id }, data: { email: `x${email}` } });
	expect(await login(mail)).toBeNull();
});

it('the login mail greets by the first name', async () => {
	const { weddingId, household, riet, email } = await makeWedding();
	const holder = { householdId: household.id, guestId: riet.id, name: 'Riet de Boer' };
	const mail = await db.mail.create({
		data: { weddingId, kind: 'login', address: email, language: 'nl', next: '/', ...holder }
	});
	expect(await inLanguage('nl', () => login(mail))).toMatchObject({
		paragraphs: ['Beste Riet,', expect.anything()]
	});
});

it.each([
	[29, true],
	[31, false]
])('a login mail that leaves after %d minutes has a code: %s', async (minutes, hasCode) => {
	const { weddingId, couple } = await makeWedding();
	const { accountId, email: address } = couple;
	const createdAt = before(minutes * MINUTE);
	const asked = { weddingId, kind: 'login', address, language: 'en', accountId, createdAt };
	const mail = await db.mail.create({ data: { ...asked, nonceHash: digest('nonce') } });
	const letter = await login(mail);
	expect(letter!.button.url).toContain('/auth/verify/');
	expect(Boolean(letter!.code)).toBe(hasCode);
});

it('a spent link is kept for a month, and for a year where a browser is known by it', async () => {
	const { weddingId, couple, stranger } = await makeWedding();
	const { accountId } = couple;
	const [used, opened] = [
		await links.make({ weddingId, accountId }),
		await links.make({ weddingId, accountId })
	];
	await links.enter(stranger, used.url.split('/').at(-1)!);
	await links.enter(stranger, opened.url.split('/').at(-1)!, undefined, 'her browser');
	const kept = async (days: number) => {
		vi.spyOn(clock, 'now').mockReturnValue(after(days * DAY, new Date()));
		await sweeping.work({});
		vi.restoreAllMocks();
		return db.loginLink.count({ where: { weddingId } });
	};
	expect(await kept(29)).toBe(2);
	expect(await kept(32)).toBe(1);
	expect(await kept(364)).toBe(1);
	expect(await kept(367)).toBe(0);
});
