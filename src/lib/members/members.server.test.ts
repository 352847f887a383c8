import { beforeAll, describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, makeSession, makeWedding, type Member } from '../../testing/fixtures.ts';
import * as links from '../auth/links.server.ts';
import { isFresh } from '../auth/fresh.ts';
import { before, DAY, MINUTE } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { asking } from './letters.server.ts';
import * as members from './members.server.ts';

let made: Awaited<ReturnType<typeof makeWedding>>;
let anna: Viewer;
beforeAll(async () => {
	await acceptJobs();
	made = await makeWedding();
	anna = { ...made.couple, signedInAt: new Date() };
});

const address = () => `${makeSecret().slice(0, 12).toLowerCase()}@example.org`;
const person = (more: object = {}) => ({
	...{ name: 'Noor', email: address(), role: 'planner' as const, language: 'nl' as const },
	...more
});

async function invited(more: object = {}) {
	const asked = person(more);
	await members.invite(anna, asked);
	const found = (await members.list(anna)).find(({ email }) => email === asked.email)!;
	const mail = await letterbox.get({ accountId: found.accountId, kind: 'member' });
	return { ...found, mail };
}

/** The way in that the letter holds. */
async function open({ mail }: Awaited<ReturnType<typeof invited>>) {
	const letter = (await inLanguage(mail.language, () => asking(mail)))!;
	return { letter, token: letter.button.url.split('/').at(-1)! };
}

describe('asking somebody to help', () => {
	it('writes them in their language, with a link of a week that signs them in once', async () => {
		const noor = await invited();
		expect(noor).toMatchObject({ name: 'Noor', role: 'planner', seenAt: null, isSelf: false });
		const { letter, token } = await open(noor);
		expect(letter.subject).toBe('Help je mee met de bruiloft van Anna & Ben?');
		const { expiresAt } = await db.loginLink.findFirstOrThrow({ where: { accountId: noor.accountId } });
		expect(Math.round((expiresAt.getTime() - Date.now()) / DAY / 1000)).toBe(7);
		expect((await links.enter(made.stranger, token)).next).toBe('/couple');
		await expect(links.enter(made.stranger, token)).rejects.toMatchObject({ status: 410 });
		const seen = (await members.list(anna)).find(({ accountId }) => accountId === noor.accountId);
		expect(seen!.seenAt).toBeInstanceOf(Date);
	});

	it('is refused for whoever is in already, whatever the case, and says at which field', async () => {
		const { email } = await invited();
		const again = members.invite(anna, person({ email: email.toUpperCase() }));
		await expect(again).rejects.toMatchObject({ status: 409, code: 'member_in' });
	});

	it('takes the account that somebody has from another wedding', async () => {
		const other = await makeWedding();
		const { accountId } = await invited({ email: other.couple.email });
		expect(accountId).toBe(other.couple.accountId);
	});

	it('again sends one more mail in the same language', async () => {
		const { accountId } = await invited();
		expect(await members.remind(anna, accountId)).toBe('Noor');
		const mails = await letterbox.list({ accountId });
		expect(mails.map(({ kind, language }) => [kind, language])).toEqual([
			['member', 'nl'],
			['member', 'nl']
		]);
	});
});

it('greets once, and again in another part', async () => {
	const { accountId } = await invited({ role: 'helper' });
	const noor: Viewer = { role: 'helper', weddingId: made.weddingId, accountId };
	expect(await members.findUngreeted(noor)).toBe('helper');
	await members.greet(noor);
	expect(await members.findUngreeted(noor)).toBe(null);
	await members.change(anna, accountId, 'planner');
	expect(await members.findUngreeted({ ...noor, role: 'planner' })).toBe('planner');
});

describe('letting somebody out', () => {
	it('ends their sessions, their links and their account, and nobody else’s', async () => {
		const noor = await invited();
		const { token } = await open(noor);
		await links.enter(made.stranger, token);
		const { token: unused } = await open(noor);
		const kept = await makeSession(made.guest);
		await members.remove(anna, noor.accountId);
		await expect(links.enter(made.stranger, unused)).rejects.toMatchObject({ status: 410 });
		expect(await db.session.count({ where: { accountId: noor.accountId } })).toBe(0);
		expect(await db.account.count({ where: { id: noor.accountId } })).toBe(0);
		expect(await db.session.count({ where: { id: kept } })).toBe(1);
		expect(await inLanguage('nl', () => asking(noor.mail))).toBe(null);
	});

	it('leaves them in their other wedding', async () => {
		const other = await makeWedding();
		const { accountId } = await invited({ email: other.couple.email });
		await makeSession({ ...other.guest }, other.riet.id);
		await members.remove(anna, accountId);
		expect(await db.member.findMany({ where: { accountId }, select: { weddingId: true } })).toEqual([
			{ weddingId: other.weddingId }
		]);
	});

	it('is not for oneself, nor for somebody of another wedding', async () => {
		const self = (made.couple as Member).accountId;
		await expect(members.remove(anna, self)).rejects.toMatchObject({ status: 409, code: 'member_self' });
		await expect(members.change(anna, self, 'helper')).rejects.toMatchObject({ code: 'member_self' });
		const { couple } = await makeWedding();
		for (const act of [members.remove, members.remind])
			await expect(act(anna, couple.accountId)).rejects.toMatchObject({ status: 404 });
	});
});

it('wants somebody of the couple, who has signed in within ten minutes', async () => {
	const { accountId } = await invited();
	const signedIn = (seconds: number) => ({ ...made.couple, signedInAt: before(seconds) });
	expect([isFresh(signedIn(9 * MINUTE)), isFresh(signedIn(11 * MINUTE)), isFresh(made.couple)]).toEqual([
		true,
		false,
		false
	]);
	const acts = [
		(viewer: Viewer) => members.invite(viewer, person()),
		(viewer: Viewer) => members.remind(viewer, accountId),
		(viewer: Viewer) => members.change(viewer, accountId, 'couple'),
		(viewer: Viewer) => members.remove(viewer, accountId)
	];
	const stored = () => Promise.all([db.member.findMany(), letterbox.count()]);
	const untouched = await stored();
	for (const act of acts) {
		await expect(act(signedIn(11 * MINUTE))).rejects.toMatchObject({ status: 403, code: 'sign_in_again' });
		for (const role of ['planner', 'helper', 'guest'] as const)
			await expect(async () => act({ ...anna, role })).rejects.toMatchObject({ code: 'not_allowed' });
	}
	expect(await stored()).toEqual(untouched);
});
