import { beforeEach, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { DAY, HOUR } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { makeCode, digest } from '../kernel/token.ts';
import { CODE_LENGTH } from '../people/household.ts';
import * as cards from './cards.server.ts';
import * as links from './links.server.ts';
import * as sessions from './sessions.server.ts';

let wedding: Awaited<ReturnType<typeof makeWedding>>;
let host: string;
beforeEach(async () => {
	wedding = await makeWedding();
	host = `${wedding.mark}.example`;
});

/** As if so much time had passed since whatever happened in this session. */
const pass = (secret: string, seconds: number) =>
	db.$executeRaw`
		UPDATE session SET created_at = created_at - make_interval(secs => ${seconds}),
			renewed_at = renewed_at - make_interval(secs => ${seconds}), expires_at = expires_at - make_interval(secs => ${seconds})
		WHERE secret_hash = ${digest(secret)}`;

async function signIn(who: 'couple' | 'riet' | 'household') {
	const { weddingId, couple, household, riet, stranger } = wedding;
	if (who === 'household') return cards.enter(stranger, household.code);
	const holder =
		who === 'couple'
			? { weddingId, accountId: couple.accountId }
			: { weddingId, householdId: household.id, guestId: riet.id };
	const { url } = await links.make(holder);
	return links.enter(stranger, url.split('/').at(-1)!);
}

describe('a session', () => {
	it('knows the guest, the household, the language and the wedding', async () => {
		const { secret } = await signIn('riet');
		const found = await sessions.find(secret, host);
		expect(found).toMatchObject({
			name: 'Riet',
			language: 'nl',
			wedding: { names: 'Anna & Ben', heldOn: new Date('2066-06-12T00:00:00Z') },
			viewer: { role: 'guest', householdId: wedding.household.id, guestId: wedding.riet.id }
		});
	});

	it('has the role of the member', async () => {
		const { secret } = await signIn('couple');
		expect(await sessions.find(secret, host)).toMatchObject({ viewer: { role: 'couple' }, language: null });
	});

	it('is nothing at another wedding', async () => {
		const { secret } = await signIn('couple');
		const other = await makeWedding();
		expect(await sessions.find(secret, host)).not.toBeNull();
		expect(await sessions.find(secret, `${other.mark}.example`)).toBeNull();
		expect(await sessions.find('somebody', host)).toBeNull();
	});

	it('is nothing at the host of another wedding, also where its own answers for every host', async () => {
		const { weddingId } = wedding;
		const other = await makeWedding();
		const { secret } = await signIn('couple');
		await db.wedding.update({ where: { id: weddingId }, data: { host: null } });
		try {
			expect(await sessions.find(secret, `${other.mark}.example`)).toBeNull();
		} finally {
			await db.wedding.update({ where: { id: weddingId }, data: { host } });
		}
	});

	it('is found among others that are asked for at the same time', async () => {
		const [riet, couple] = [await signIn('riet'), await signIn('couple')];
		const found = await Promise.all([
			sessions.find(riet.secret, host),
			sessions.find('somebody', host),
			sessions.find(couple.secret, host),
			sessions.find(couple.secret, 'elsewhere.example')
		]);
		expect(found.map((session) => session?.viewer.role)).toEqual(['guest', undefined, 'couple', undefined]);
	});

	it('lasts 30 days unused', async () => {
		const { secret } = await signIn('riet');
		await pass(secret, 30 * DAY - 30);
		expect(await sessions.find(secret, host)).not.toBeNull();
		const other = await signIn('riet');
		await pass(other.secret, 30 * DAY);
		expect(await sessions.find(other.secret, host)).toBeNull();
	});

	it('is renewed by use, at most once an hour, up to 90 days', async () => {
		const { secret } = await signIn('riet');
		await pass(secret, HOUR - 60);
		expect(await sessions.find(secret, host)).not.toHaveProperty('renewedUntil');
		await pass(secret, 20 * DAY - HOUR);
		expect(await sessions.find(secret, host)).toHaveProperty('renewedUntil');
		for (let day = 40; day <= 80; day += 20) {
			await pass(secret, 20 * DAY);
			expect(await sessions.find(secret, host)).toHaveProperty('renewedUntil');
		}
		await pass(secret, 10 * DAY - 120);
		expect(await sessions.find(secret, host)).not.toBeNull();
		await pass(secret, 300);
		expect(await sessions.find(secret, host)).toBeNull();
	});

	it('is over here after logging out here, and everywhere after logging out everywhere', async () => {
		const [phone, laptop, other] = [await signIn('riet'), await signIn('riet'), await signIn('household')];
		const { viewer } = (await sessions.find(phone.secret, host))!;
		await sessions.end(viewer);
		expect(await sessions.find(phone.secret, host)).toBeNull();
		expect(await sessions.find(laptop.secret, host)).not.toBeNull();
		await sessions.end((await sessions.find(laptop.secret, host))!.viewer, { everywhere: true });
		expect(await sessions.find(laptop.secret, host)).toBeNull();
		expect(await sessions.find(other.secret, host)).not.toBeNull();
	});

	it('leaves no link open of whoever logs out everywhere, and those of others', async () => {
		const { weddingId, household, riet, wim, stranger } = wedding;
		const make = async (guestId: string) =>
			(await links.make({ weddingId, householdId: household.id, guestId })).url.split('/').at(-1)!;
		const { secret } = await signIn('riet');
		const [own, other] = [await make(riet.id), await make(wim.id)];
		await sessions.end((await sessions.find(secret, host))!.viewer);
		expect(await links.peek(stranger, own)).toMatchObject({ isOpen: true });
		const again = await signIn('household');
		await sessions.end(
			{ ...(await sessions.find(again.secret, host))!.viewer, guestId: riet.id },
			{ everywhere: true }
		);
		expect(await links.peek(stranger, own)).toMatchObject({ isOpen: false, isUsed: false });
		expect(await links.peek(stranger, other)).toMatchObject({ isOpen: true });
	});

	it('ends when the guest, or the last of the household, is removed', async () => {
		const [own, shared] = [await signIn('riet'), await signIn('household')];
		await db.guest.delete({ where: { id: wedding.riet.id } });
		expect(await sessions.find(own.secret, host)).toBeNull();
		expect(await sessions.find(shared.secret, host)).not.toBeNull();
		await db.guest.delete({ where: { id: wedding.wim.id } });
		expect(await sessions.find(shared.secret, host)).toBeNull();
	});

	it('ends when the account is disabled or no longer a member', async () => {
		const { secret } = await signIn('couple');
		const { accountId } = wedding.couple;
		await db.account.update({ where: { id: accountId }, data: { disabledAt: new Date() } });
		expect(await sessions.find(secret, host)).toBeNull();
		await db.account.update({ where: { id: accountId }, data: { disabledAt: null } });
		expect(await sessions.find(secret, host)).not.toBeNull();
		await db.member.deleteMany({ where: { accountId } });
		expect(await sessions.find(secret, host)).toBeNull();
	});
});

describe('a card', () => {
	it('lets the household in as often as it likes, and notes the first time', async () => {
		const first = await cards.enter(wedding.stranger, wedding.household.code.toLowerCase());
		await cards.enter(wedding.stranger, wedding.household.code.replace(/(.{4})/g, '$1-'));
		const found = await sessions.find(first.secret, host);
		expect(found).toMatchObject({ name: 'Oma Riet & Opa Wim', viewer: { role: 'guest' } });
		expect(found?.viewer.guestId).toBeUndefined();
		const { openedAt } = await db.household.findUniqueOrThrow({ where: { id: wedding.household.id } });
		expect(openedAt).not.toBeNull();
	});

	it('changes nothing when it is only looked at', async () => {
		const card = await cards.peek(wedding.stranger, wedding.household.code);
		expect(card).toEqual({ name: 'Oma Riet & Opa Wim', language: 'nl', guests: 2 });
		const household = await db.household.findUniqueOrThrow({ where: { id: wedding.household.id } });
		expect(household.openedAt).toBeNull();
	});

	it('is told apart from a piece of one', async () => {
		const piece = wedding.household.code.slice(1);
		await expect(cards.peek(wedding.stranger, piece)).rejects.toMatchObject({
			...{ status: 404, code: 'card_length', params: { count: 11 } }
		});
		await expect(cards.peek(wedding.stranger, `${piece}0`)).rejects.toMatchObject({ code: 'card_unknown' });
	});

	it('of another wedding, or of nobody, is unknown', async () => {
		const other = await makeWedding();
		await expect(cards.peek(other.stranger, wedding.household.code)).rejects.toMatchObject({ status: 404 });
		await expect(cards.enter(other.stranger, wedding.household.code)).rejects.toMatchObject({ status: 404 });
		await expect(cards.enter(wedding.stranger, '')).rejects.toMatchObject({ status: 404 });
	});

	it('has at least 50 bits', () => {
		const signs = new Set(makeCode(5000)).size;
		expect(CODE_LENGTH * Math.log2(signs)).toBeGreaterThan(50);
	});
});
