import { beforeAll, describe, expect, it, vi } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { DAY } from '../kernel/clock.ts';
import { db, pool } from '../kernel/db/db.server.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import { LINK_SECONDS } from './login.ts';
import * as links from './links.server.ts';
import * as sessions from './sessions.server.ts';

let wedding: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => void (wedding = await makeWedding()));

const token = ({ url }: { url: string }) => url.split('/').at(-1)!;
const holder = () => ({
	weddingId: wedding.weddingId,
	householdId: wedding.household.id,
	guestId: wedding.riet.id
});
/** As if the link had been made so long ago. */
const age = (token: string, seconds: number) =>
	db.$executeRaw`
		UPDATE login_link SET expires_at = expires_at - make_interval(secs => ${seconds}), used_at = used_at - make_interval(secs => ${seconds})
		WHERE token_hash = ${digest(token)}`;
const sessionsOf = (householdId: string) => db.session.count({ where: { householdId } });

describe('a login link', () => {
	it('leads to the host of its wedding', async () => {
		const { url } = await links.make(holder());
		expect(url).toMatch(new RegExp(`^http://${wedding.mark}\\.example/auth/verify/[\\w-]{43}$`));
	});

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

	it('works until 15 minutes after it was made, and not longer', async () => {
		const [inTime, tooLate] = [token(await links.make(holder())), token(await links.make(holder()))];
		await age(tooLate, LINK_SECONDS);
		await age(inTime, LINK_SECONDS - 30);
		await expect(links.enter(wedding.stranger, tooLate)).rejects.toMatchObject({ status: 410 });
		await expect(links.enter(wedding.stranger, inTime)).resolves.toMatchObject({ next: '/' });
	});

	it('opens and is renewed whatever the mail program hung on to it', async () => {
		const made = token(await links.make(holder()));
		const mangled = `${made.slice(0, 20)}=\r\n${made.slice(20)}>.`;
		expect(await links.peek(wedding.stranger, mangled)).toMatchObject({ isOpen: true });
		expect(await links.enter(wedding.stranger, mangled)).toMatchObject({ next: '/' });
		expect(await links.findNext(wedding.guest, `${made}&x=y`)).toBe('/');
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
		await age(made, LINK_SECONDS);
		expect(await links.peek(wedding.stranger, made)).toMatchObject({ isOpen: false, isUsed: false });
		expect(await links.findNext(wedding.guest, made)).toBeNull();
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
		expect(await links.findNext(wedding.guest, made)).toBe('/recordings');
		await age(made, DAY);
		expect(await links.findNext(wedding.guest, made)).toBe('/recordings');
		expect(await links.findNext(wedding.couple, made)).toBeNull();
		expect(await links.findNext(wedding.stranger, made)).toBeNull();
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
	async function ask(nonce = makeSecret()) {
		await links.expectCode(wedding.stranger, nonce);
		const made = await links.make(holder(), { nonceHash: digest(nonce) });
		return { nonce, code: made.code, token: token(made) };
	}
	const tryWrong = async (nonce: string, times = 5) => {
		for (let i = 0; i < times; i++) {
			await expect(links.enterByCode(wedding.stranger, nonce, 'AAAAAAAA')).rejects.toMatchObject({
				status: 409,
				code: 'code_wrong'
			});
		}
	};

	it('signs in the browser that asked, once', async () => {
		const { nonce, code } = await ask();
		await expect(links.enterByCode(wedding.stranger, nonce, code)).resolves.toMatchObject({ next: '/' });
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({ status: 409 });
	});

	it('says that the link in its mail was used, to the browser that asked and for the right code alone', async () => {
		const { nonce, code, token } = await ask();
		const other = (await ask()).nonce;
		const type = (by: string, code: string, viewer = wedding.stranger) =>
			links.enterByCode(viewer, by, code).then(
				() => 'in',
				({ status, code }) => `${status} ${code}`
			);
		await links.enter(wedding.stranger, token);
		expect(await type(nonce, code)).toBe('409 code_used');
		expect(await type(nonce, 'AAAAAAAA')).toBe('409 code_wrong');
		expect(await type(other, code)).toBe('409 code_wrong');
		expect(await type(nonce, code, (await makeWedding()).stranger)).toBe('409 code_elsewhere');
	});

	it('that nobody used in time is wrong, not used', async () => {
		const { nonce, code, token } = await ask();
		await age(token, LINK_SECONDS);
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({
			code: 'code_wrong'
		});
	});

	it('is nothing in another browser, which leaves no trace', async () => {
		const { code } = await ask();
		const before = await db.rateLimit.count();
		for (const nonce of [makeSecret(), undefined]) {
			await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({
				status: 409,
				code: 'code_elsewhere'
			});
		}
		expect(await db.rateLimit.count()).toBe(before);
	});

	it('is refused at the sixth try, even when it is right; that of another mail is not', async () => {
		const { nonce, code } = await ask();
		await tryWrong(nonce);
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({
			status: 429,
			code: 'code_often',
			headers: { 'retry-after': expect.stringMatching(/^\d+$/) }
		});
		const again = await ask(nonce);
		expect(await links.enterByCode(wedding.stranger, nonce, again.code)).toMatchObject({ next: '/' });
	});

	it('has no more tries after somebody asked for an address that is unknown', async () => {
		const { nonce, code } = await ask();
		await tryWrong(nonce);
		await links.expectCode(wedding.stranger, nonce);
		await tryWrong(nonce, 1);
		await expect(links.enterByCode(wedding.stranger, nonce, code)).rejects.toMatchObject({
			status: 409,
			code: 'code_wrong'
		});
	});

	it('is tried five times when twenty try at once', async () => {
		const { nonce } = await ask();
		const tries = Array.from({ length: 20 }, () => links.enterByCode(wedding.stranger, nonce, 'AAAAAAAA'));
		const codes = (await Promise.allSettled(tries)).map((one) => (one as PromiseRejectedResult).reason.code);
		expect(codes.filter((code) => code === 'code_wrong')).toHaveLength(5);
		const { tries: counted } = await db.loginLink.findFirstOrThrow({ where: { nonceHash: digest(nonce) } });
		expect(counted).toBe(5);
	});
});

describe('signing in', () => {
	const isOpen = async (made: string) => (await links.peek(wedding.stranger, made))?.isOpen;

	it('ends every other open link of that person, and of nobody else', async () => {
		const { weddingId, couple, helper, household, wim } = wedding;
		const [first, second] = [token(await links.make(holder())), token(await links.make(holder()))];
		const others = [
			{ ...holder(), guestId: wim.id },
			{ weddingId, householdId: household.id },
			{ weddingId, accountId: couple.accountId },
			{ weddingId, accountId: helper.accountId }
		];
		const made = await Promise.all(others.map((other) => links.make(other).then(token)));
		await links.enter(wedding.stranger, first);
		expect(await links.peek(wedding.stranger, second)).toMatchObject({ isOpen: false, isUsed: false });
		expect(await Promise.all(made.map(isOpen))).toEqual([true, true, true, true]);

		const own = token(await links.make({ weddingId, accountId: couple.accountId }));
		await links.enter(wedding.stranger, own);
		expect(await Promise.all(made.map(isOpen))).toEqual([true, true, false, true]);
	});

	it('with two links at once lets in with one of them', async () => {
		for (let round = 0; round < 10; round++) {
			const made = await Promise.all([links.make(holder()), links.make(holder())]);
			const entries = made.map((one) => links.enter(wedding.stranger, token(one)));
			const outcomes = (await Promise.allSettled(entries)).map(({ status }) => status).sort();
			expect(outcomes).toEqual(['fulfilled', 'rejected']);
		}
	});

	it('waits for the couple, who are saving the household, and holds nothing that they need', async () => {
		const { couple, household, riet, wim, stranger } = await makeWedding();
		const made = token(
			await links.make({ weddingId: couple.weddingId, householdId: household.id, guestId: riet.id })
		);
		const waiting = async () => {
			const text = `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
			return (await pool.query(text)).rowCount;
		};
		// the couple's form stops at the guest, with the household locked
		const blocker = await pool.connect();
		await blocker.query('BEGIN');
		await blocker.query('SELECT FROM guest WHERE id = $1 FOR NO KEY UPDATE', [riet.id]);
		const guests = [
			{ id: riet.id, name: 'Riet', email: `new-${riet.id}@example.org` },
			{ id: wim.id, name: 'Wim' }
		];
		const saving = editHousehold(couple, household.id, { name: 'Riet & Wim', language: 'nl', guests });
		await vi.waitUntil(async () => (await waiting()) === 1, { timeout: 3000 });
		const entering = links.enter(stranger, made).catch((error) => error);
		await vi.waitUntil(async () => (await waiting()) === 2, { timeout: 3000 });
		const free = await pool.query('SELECT FROM login_link WHERE token_hash = $1 FOR UPDATE SKIP LOCKED', [
			digest(made)
		]);
		await blocker.query('COMMIT');
		blocker.release();
		expect(free.rowCount).toBe(1);
		await saving;
		expect(await entering).toMatchObject({ status: 410, code: 'link_spent' });
	});
});
