import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeWedding } from '../../fixtures.ts';
import { clock, DAY } from '../kernel/clock.ts';
import { db } from '../kernel/db.server.ts';
import { digest, secret } from '../kernel/token.ts';
import { LINK_SECONDS } from './login.ts';
import * as links from './links.server.ts';
import * as sessions from './sessions.server.ts';

let wedding: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => void (wedding = await makeWedding()));
afterEach(() => vi.restoreAllMocks());

const token = ({ url }: { url: string }) => url.split('/').at(-1)!;
const holder = () => ({
	weddingId: wedding.weddingId,
	householdId: wedding.household.id,
	guestId: wedding.riet.id
});
const later = (seconds: number) => {
	const then = Date.now() + seconds * 1000;
	vi.spyOn(clock, 'now').mockImplementation(() => new Date(then));
};
const sessionsOf = (householdId: string) => db.session.count({ where: { householdId } });

describe('a login link', () => {
	it('opens exactly one session when it is used fifty times at once', async () => {
		const made = token(await links.make(holder()));
		const before = await sessionsOf(wedding.household.id);
		const entries = await Promise.allSettled(
			Array.from({ length: 50 }, () => links.enter(wedding.stranger, made))
		);
		const refused = entries.filter((entry) => entry.status === 'rejected').map(({ reason }) => reason.status);
		expect(refused).toEqual(Array(49).fill(410));
		expect(await sessionsOf(wedding.household.id)).toBe(before + 1);
	});

	it('works until 15 minutes after it was made, and not a second longer', async () => {
		const made = Date.now();
		const at = (seconds: number) =>
			vi.spyOn(clock, 'now').mockImplementation(() => new Date(made + seconds * 1000));
		at(0);
		const inTime = token(await links.make(holder()));
		const tooLate = token(await links.make(holder()));
		at(LINK_SECONDS - 1);
		await expect(links.enter(wedding.stranger, inTime)).resolves.toMatchObject({ next: '/' });
		at(LINK_SECONDS + 1);
		await expect(links.enter(wedding.stranger, tooLate)).rejects.toMatchObject({ status: 410 });
	});

	it('opens and is renewed whatever the mail program hung on to it', async () => {
		const made = token(await links.make(holder()));
		const mangled = `${made.slice(0, 20)}=\r\n${made.slice(20)}>.`;
		expect(await links.peek(wedding.stranger, mangled)).toMatchObject({ isOpen: true });
		expect(await links.enter(wedding.stranger, mangled)).toMatchObject({ next: '/' });
		expect(await links.entered(wedding.guest, `${made}&x=y`)).toBe('/');
	});

	it('is not changed by looking, and shows whom it was sent to', async () => {
		const made = token(await links.make(holder()));
		for (let i = 0; i < 20; i++) {
			const peek = await links.peek(wedding.stranger, made);
			expect(peek).toEqual({ isOpen: true, isUsed: false, address: 'r•••@example.org' });
		}
		await links.enter(wedding.stranger, made);
		expect(await links.peek(wedding.stranger, made)).toMatchObject({ isOpen: false, isUsed: true });
	});

	it('that nobody used in time is expired, not used', async () => {
		const made = token(await links.make(holder()));
		later(LINK_SECONDS + 1);
		expect(await links.peek(wedding.stranger, made)).toMatchObject({ isOpen: false, isUsed: false });
		expect(await links.entered(wedding.guest, made)).toBeNull();
	});

	it('is stored as a hash only', async () => {
		const made = await links.make(holder());
		const rows = await db.$queryRaw<{ text: string }[]>`SELECT login_link::text AS text FROM login_link`;
		const all = rows.map(({ text }) => text).join();
		expect(all).not.toContain(token(made));
		expect(all).not.toContain(made.code);
		expect(all).not.toContain(Buffer.from(token(made)).toString('hex'));
	});

	it('belongs to its wedding', async () => {
		const other = await makeWedding();
		const made = token(await links.make(holder()));
		await expect(links.enter(other.stranger, made)).rejects.toMatchObject({ status: 410 });
		expect(await links.peek(other.stranger, made)).toBeNull();
	});

	it('kills the session whose cookie came along', async () => {
		const first = await links.enter(wedding.stranger, token(await links.make(holder())));
		await links.enter(wedding.stranger, token(await links.make(holder())), first.secret);
		expect(await sessions.find(first.secret, `${wedding.mark}.example`)).toBeNull();
	});

	it('lets the second click of the same person through, today or tomorrow, but of nobody else', async () => {
		const made = token(await links.make(holder(), { next: '/recordings' }));
		await links.enter(wedding.stranger, made);
		expect(await links.entered(wedding.guest, made)).toBe('/recordings');
		later(DAY);
		expect(await links.entered(wedding.guest, made)).toBe('/recordings');
		expect(await links.entered(wedding.couple, made)).toBeNull();
		expect(await links.entered(wedding.stranger, made)).toBeNull();
	});

	it('leads the couple to their own pages', async () => {
		const made = await links.make({ weddingId: wedding.weddingId, accountId: wedding.couple.accountId });
		await expect(links.enter(wedding.stranger, token(made))).resolves.toMatchObject({ next: '/couple' });
	});

	it('is replaced when its mail is handed over again', async () => {
		const mail = { id: crypto.randomUUID() };
		const lost = token(await links.make(holder(), mail));
		await links.make(holder(), mail);
		await expect(links.enter(wedding.stranger, lost)).rejects.toMatchObject({ status: 410 });
	});
});

describe('a typed code', () => {
	async function ask() {
		const nonce = secret();
		const made = await links.make(holder(), { nonceHash: digest(nonce) });
		return { nonce, code: made.code };
	}

	it('signs in the browser that asked, once', async () => {
		const { nonce, code } = await ask();
		await expect(links.enterByCode(wedding.stranger, nonce, code)).resolves.toMatchObject({ next: '/' });
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({ status: 409 });
	});

	it('says that the link in its mail was used, to the browser that asked and for the right code alone', async () => {
		const nonce = secret();
		const made = await links.make(holder(), { nonceHash: digest(nonce) });
		const type = (by: string, code: string, viewer = wedding.stranger) =>
			links.enterByCode(viewer, by, code).then(
				() => 'in',
				({ status, code }) => `${status} ${code}`
			);
		await links.enter(wedding.stranger, token(made));
		expect(await type(nonce, made.code)).toBe('409 code_used');
		expect(await type(nonce, 'AAAAAAAA')).toBe('409 code_wrong');
		expect(await type(secret(), made.code)).toBe('409 code_wrong');
		expect(await type(nonce, made.code, (await makeWedding()).stranger)).toBe('409 code_wrong');
	});

	it('that nobody used in time is wrong, not used', async () => {
		const { nonce, code } = await ask();
		later(LINK_SECONDS + 1);
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({
			code: 'code_wrong'
		});
	});

	it('is nothing in another browser', async () => {
		const { code } = await ask();
		await expect(links.enterByCode(wedding.stranger, secret(), code)).rejects.toMatchObject({ status: 409 });
		await expect(links.enterByCode(wedding.stranger, undefined, code)).rejects.toMatchObject({ status: 409 });
	});

	it('is refused at the sixth try, even when it is right, and tried anew after asking again', async () => {
		const { nonce, code } = await ask();
		for (let i = 0; i < 5; i++) {
			await expect(links.enterByCode(wedding.stranger, nonce, 'AAAAAAAA')).rejects.toMatchObject({
				status: 409
			});
		}
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({
			status: 429,
			code: 'code_often',
			headers: { 'retry-after': expect.stringMatching(/^\d+$/) }
		});
		await links.forgive(nonce);
		expect(await links.enterByCode(wedding.stranger, nonce, code)).toMatchObject({ next: '/' });
	});
});
