import { expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { db, now } from '../kernel/db/db.server.ts';
import { before, DAY, MINUTE } from '../kernel/clock.ts';
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
	const mail = await letterbox.create({
		weddingId,
		kind: 'login',
		address: email,
		language,
		accountId,
		next: '/'
	});
	expect(await inLanguage(language, () => login(mail))).toMatchObject({ subject, from });
});

it('the login mail still goes to whose address was written in capitals while it waited', async () => {
	const { weddingId, household, riet, email } = await makeWedding();
	const holder = { householdId: household.id, guestId: riet.id };
	const mail = await letterbox.create({
		weddingId,
		kind: 'login',
		address: email,
		language: 'en',
		next: '/',
		...holder
	});
	await db.guest.update({ where: { id: riet.id }, data: { email: email.toUpperCase() } });
	expect(await login(mail)).not.toBeNull();
	await db.guest.update({ where: { id: riet.id }, data: { email: `x${email}` } });
	expect(await login(mail)).toBeNull();
});

it('the login mail greets by the first name', async () => {
	const { weddingId, household, riet, email } = await makeWedding();
	const holder = { householdId: household.id, guestId: riet.id, name: 'Riet de Boer' };
	const mail = await letterbox.create({
		weddingId,
		kind: 'login',
		address: email,
		language: 'nl',
		next: '/',
		...holder
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
	const mail = await letterbox.create({ ...asked, nonceHash: digest('nonce') });
	const letter = await login(mail);
	expect(letter!.button.url).toContain('/auth/verify/');
	expect(Boolean(letter!.code)).toBe(hasCode);
});

it('a spent link is kept for a month, and for a year where a browser is known by it', async () => {
	const { weddingId, couple, stranger } = await makeWedding();
	const { accountId } = couple;
	for (const browser of [undefined, 'her browser']) {
		const { url } = await links.make({ weddingId, accountId });
		await links.enter(stranger, url.split('/').at(-1)!, undefined, browser);
	}
	const keptAfter = async (days: number) => {
		const expiresAt = before(days * DAY, await now());
		await db.loginLink.updateMany({ where: { weddingId }, data: { expiresAt } });
		await sweeping.work({});
		return db.loginLink.count({ where: { weddingId } });
	};
	expect(await keptAfter(29)).toBe(2);
	expect(await keptAfter(31)).toBe(1);
	expect(await keptAfter(364)).toBe(1);
	expect(await keptAfter(366)).toBe(0);
});
