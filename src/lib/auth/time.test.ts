import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { HOUR } from '../kernel/clock.ts';
import { db, pool } from '../kernel/db/db.server.ts';
import { all, furnish } from '../kernel/domain.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import { sending } from '../outbox/jobs.server.ts';
import * as invitations from '../people/invitations.server.ts';
import { loginSample, sweeping } from './jobs.server.ts';
import * as cards from './cards.server.ts';
import * as links from './links.server.ts';
import * as requests from './requests.server.ts';
import * as sessions from './sessions.server.ts';

beforeAll(() => acceptJobs());
beforeAll(() =>
	furnish([
		{ name: 'silent', uses: [], letters: { invitation: { compose: async () => null, sample: loginSample } } },
		...all()
	])
);
afterAll(jobs.stop);
afterEach(() => vi.useRealTimers());

const token = ({ url }: links.Made) => url.split('/').at(-1)!;

describe.each([
	['ahead', HOUR],
	['behind', -HOUR]
])('with the clock of this machine an hour %s', (_, seconds) => {
	async function begin() {
		vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
		const wedding = await makeWedding();
		const { weddingId, household, riet } = wedding;
		return { ...wedding, holder: { weddingId, householdId: household.id, guestId: riet.id } };
	}
	/** Whether this time is that of Postgres, to a minute. */
	async function isNow(text: string, ...values: unknown[]) {
		const { rows } = await pool.query(
			`SELECT abs(extract(epoch FROM now() - (${text}))) < 60 AS "isNow"`,
			values
		);
		return rows[0].isNow;
	}

	it('a link and its code let in for a quarter of an hour, and not longer', async () => {
		const { stranger, holder, mark } = await begin();
		const nonce = makeSecret();
		await links.expectCode(stranger, nonce);
		const [link, typed] = [await links.make(holder), await links.make(holder, { nonceHash: digest(nonce) })];
		const dead = token(await links.make(holder));
		await db.$executeRaw`
			UPDATE login_link SET expires_at = now() - interval '1 second' WHERE token_hash = ${digest(dead)}`;
		expect(await links.peek(stranger, dead)).toMatchObject({ isOpen: false });
		await expect(links.enter(stranger, dead)).rejects.toMatchObject({ status: 410 });
		await links.enterByCode(stranger, nonce, typed.code);
		const { secret: cookie } = await links.enter(stranger, token(await links.make(holder)));
		expect(await sessions.find(cookie, `${mark}.example`)).not.toBeNull();
		expect(await links.peek(stranger, token(link))).toMatchObject({ isOpen: false, isUsed: false });
	});

	it('a session holds until its end, and is not renewed before its time', async () => {
		const { stranger, household, mark } = await begin();
		const { secret: cookie, until } = await cards.enter(stranger, household.code);
		expect(await isNow(`$1::timestamptz - interval '30 days'`, until)).toBe(true);
		expect(await sessions.find(cookie, `${mark}.example`)).not.toHaveProperty('renewedUntil');
		await db.$executeRaw`
			UPDATE session SET renewed_at = renewed_at - interval '61 minutes' WHERE secret_hash = ${digest(cookie)}`;
		const { renewedUntil } = (await sessions.find(cookie, `${mark}.example`))!;
		expect(await isNow(`$1::timestamptz - interval '30 days'`, renewedUntil)).toBe(true);
		await db.$executeRaw`
			UPDATE session SET expires_at = now() - interval '1 second' WHERE secret_hash = ${digest(cookie)}`;
		expect(await sessions.find(cookie, `${mark}.example`)).toBeNull();
		await sweeping.work({});
		expect(await db.session.count({ where: { householdId: household.id } })).toBe(0);
	});

	it('five mails an hour go to an address, and others when the hour is over', async () => {
		const { weddingId, email } = await begin();
		const ask = () => {
			requests.take({ weddingId, email, nonce: 'nonce', next: '/', language: 'nl' });
			return requests.settle();
		};
		for (let time = 0; time < 7; time++) await ask();
		expect(await letterbox.count({ weddingId })).toBe(5);
		await letterbox.age({ weddingId }, '61 minutes');
		await ask();
		expect(await letterbox.count({ weddingId })).toBe(6);
	});

	it('tries are counted until their time is over', async () => {
		await begin();
		const key = crypto.randomUUID();
		await limits.take('clock', key, 1, 600);
		const refused = await limits.take('clock', key, 1, 600).catch((error) => error);
		expect(refused).toMatchObject({ status: 429, params: { minutes: 10 } });
		const stored = `clock:${digest(key).toString('base64url')}`;
		expect(
			await isNow(
				`SELECT to_timestamp(expire / 1000.0) - interval '10 minutes' FROM rate_limit WHERE key = $1`,
				stored
			)
		).toBe(true);
		await pool.query('UPDATE rate_limit SET expire = expire - 601000 WHERE key = $1', [stored]);
		await limits.take('clock', key, 1, 600);
	});

	it('an invitation is sent, dated, and sent again when the pause is over', async () => {
		const { couple, weddingId, household } = await begin();
		expect(await invitations.send(couple, [household.id])).toEqual({ households: 1 });
		const mail = await letterbox.get({ weddingId });
		const { invitedAt } = await db.household.findUniqueOrThrow({ where: { id: household.id } });
		expect(await isNow('$1::timestamptz', mail.createdAt)).toBe(true);
		expect(await isNow('$1::timestamptz', invitedAt)).toBe(true);
		await sending.work({ deliveryId: mail.id });
		await letterbox.update({ id: mail.id }, { state: 'sent', reason: null });
		expect(await invitations.send(couple, [household.id])).toEqual({ households: 0 });
		await letterbox.age({ id: mail.id }, '11 minutes');
		expect(await invitations.send(couple, [household.id])).toEqual({ households: 1 });
	});

	it('a mail is tried for a day, and not longer', async () => {
		const { weddingId, email } = await begin();
		const put = async (hours: number) => {
			const data = { weddingId, kind: 'invitation', address: email, language: 'nl' };
			const { id } = await letterbox.create(data);
			await letterbox.age({ id }, `${hours} hours`);
			await sending.work({ deliveryId: id });
			return (await letterbox.get({ id })).reason;
		};
		expect(await put(23.5)).toBe('not_wanted');
		expect(await put(24.5)).toBe('too_late');
	});
});
