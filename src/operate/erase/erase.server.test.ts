import { randomBytes } from 'node:crypto';
import * as letterbox from '../../testing/letterbox.ts';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { path } from '../../testing/drill.ts';
import { makeScore, makeSession, makeWedding } from '../../testing/fixtures.ts';
import * as trail from '../../lib/audit/trail.server.ts';
import { db, pool } from '../../lib/kernel/db/db.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { system } from '../../lib/weddings/system.ts';
import * as mailbox from '../../lib/mail/mailbox.server.ts';
import * as weddings from '../../lib/weddings/weddings.server.ts';
import * as erase from './erase.server.ts';
import { expire } from './expiry.server.ts';
import * as named from './named.server.ts';

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let ours: Wedding;
let others: Wedding;

beforeEach(async () => {
	[ours, others] = [await makeWedding(), await makeWedding('Eva & Tom')];
	for (const wedding of [ours, others]) await live(wedding);
});
afterEach(() => vi.restoreAllMocks());

/** What becomes of a guest over time. */
async function live({ weddingId, guest, riet, couple, email, household }: Wedding) {
	await makeSession(guest, riet.id);
	await makeScore(guest, riet.id);
	await put(guest.weddingId, email.toUpperCase(), {
		name: 'Riet',
		householdId: household.id,
		guestId: riet.id
	});
	await put(weddingId, couple.email, { accountId: couple.accountId });
	const data = { name: 'Riet', more: [email] };
	await db.$transaction((tx) => trail.record(couple, 'guest.added', { id: riet.id, ...data }, tx));
	await db.$transaction((tx) => trail.record(couple, 'mail.typed', { typed: `to ${email}!` }, tx));
	await db.$transaction((tx) => trail.record(couple, 'recording.added', { title: 'Toast' }, tx));
}

async function put(weddingId: string, address: string, more: object) {
	const data = {
		weddingId,
		kind: 'invitation',
		address,
		language: 'nl',
		state: 'sent' as const
	};
	const { id } = await letterbox.create({ ...data, ...more });
	const letter = {
		subject: 'Hi',
		from: 'A',
		paragraphs: [],
		button: { label: 'x', url: 'x' },
		footer: '',
		language: 'nl'
	};
	await mailbox.keep(id, { address, name: 'Riet' }, letter);
	return id;
}

/** The mails that are in the folder. */
async function kept(): Promise<string[]> {
	return (await readdir(join(settings.DATA_DIR, 'mail'))).filter((name) => name.endsWith('.txt'));
}

/** Everything of a wedding, as text, in which something can be looked for. */
async function everything(weddingId: string): Promise<string> {
	const tables = [
		'household',
		'guest',
		'session',
		'login_link',
		'score',
		'message',
		'delivery',
		'audit_entry',
		'recording'
	];
	const found = tables.map((table) =>
		pool.query(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE wedding_id = $1 ORDER BY 1`, [weddingId])
	);
	return JSON.stringify((await Promise.all(found)).map(({ rows }) => rows)).toLowerCase();
}

async function addRecording(weddingId: string): Promise<string> {
	const file = { originalName: 'a.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true, bytes: 9 };
	const { id } = await db.recording.create({
		data: { ...file, weddingId, title: 'A', position: 2, durationSeconds: 1 }
	});
	await mkdir(dirname(path(id)), { recursive: true });
	await writeFile(path(id), randomBytes(9));
	return id;
}

describe('a guest who is erased', () => {
	it('leaves nothing of themselves, and everything of everybody else', async () => {
		const before = await everything(others.weddingId);
		const letters = await kept();
		expect(await erase.guest(ours.couple, ours.riet.id)).toEqual({
			scores: 1,
			mails: 1,
			plusOnes: [],
			household: 'Oma Riet & Opa Wim'
		});
		const left = await everything(ours.weddingId);
		expect(left).not.toContain(ours.email);
		expect(left).not.toMatch(/"riet"/);
		expect(left).toContain('wim');
		expect(left).toContain('toast');
		expect(await everything(others.weddingId)).toBe(before);
		expect((await kept()).length).toBe(letters.length - 1);
	});

	it('was not the last of a household that somebody is just being added to', async () => {
		const { couple, household, riet, wim, weddingId } = ours;
		await erase.guest(couple, wim.id);
		const [added, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const adding = db.$transaction(async (tx) => {
			await weddings.hold(weddingId, tx);
			await tx.guest.create({ data: { weddingId, householdId: household.id, name: 'Tom' } });
			added.resolve();
			await done.promise;
		});
		await added.promise;
		const erasing = erase.guest(couple, riet.id);
		const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
		await vi.waitUntil(async () => (await pool.query(waiting)).rowCount, { timeout: 4000 });
		done.resolve();
		await adding;
		expect(await erasing).toMatchObject({ household: household.name });
		expect(await db.guest.findMany({ where: { householdId: household.id } })).toMatchObject([
			{ name: 'Tom' }
		]);
	});

	it('stands in the audit by id alone', async () => {
		await erase.guest(ours.couple, ours.riet.id);
		const entry = await db.auditEntry.findFirstOrThrow({
			where: { weddingId: ours.weddingId, action: 'guest.erased' }
		});
		expect(entry).toMatchObject({ subjectId: ours.riet.id, accountId: ours.couple.accountId, data: {} });
	});

	it('takes the household along when it was the last, its sessions too', async () => {
		await makeSession(ours.guest);
		await erase.guest(ours.couple, ours.wim.id);
		expect(await erase.guest(ours.couple, ours.riet.id)).toMatchObject({ household: null });
		const left = await everything(ours.weddingId);
		expect(left).not.toContain('oma riet');
		expect(await db.session.count({ where: { weddingId: ours.weddingId } })).toBe(0);
	});

	it('leaves the mail to an address that somebody else has too, without a name', async () => {
		await db.guest.update({ where: { id: ours.wim.id }, data: { email: ours.email } });
		expect(await erase.guest(ours.couple, ours.riet.id)).toMatchObject({ mails: 0 });
		const mails = await letterbox.list({ weddingId: ours.weddingId, kind: 'invitation', accountId: null });
		expect(mails).toMatchObject([{ name: '', guestId: null }]);
	});

	it('leaves the mail to an address that is only like theirs', async () => {
		const { weddingId, couple, riet, email } = ours;
		await db.guest.update({ where: { id: riet.id }, data: { email: email.replace('riet', 'ri_t') } });
		const kept = await put(weddingId, email.replace('riet', 'rint'), {});
		await erase.guest(couple, riet.id);
		expect(await letterbox.count({ id: kept })).toBe(1);
	});

	it('is nobody of another wedding, and not for a helper to erase', async () => {
		await expect(erase.guest(ours.couple, others.riet.id)).rejects.toMatchObject({ status: 404 });
		await expect(erase.guest(ours.helper, ours.riet.id)).rejects.toMatchObject({ status: 403 });
		await expect(erase.wedding(ours.guest)).rejects.toMatchObject({ status: 403 });
		expect(await db.guest.count({ where: { id: { in: [ours.riet.id, others.riet.id] } } })).toBe(2);
	});
});

describe('a wedding that is erased', () => {
	it('leaves one line without a name, and the other wedding as it was', async () => {
		const [mine, theirs] = [await addRecording(ours.weddingId), await addRecording(others.weddingId)];
		const before = await everything(others.weddingId);
		expect(await erase.wedding(system(ours.weddingId))).toEqual({ guests: 2, recordings: 2, accounts: 2 });

		expect(await everything(ours.weddingId)).toBe(JSON.stringify(Array.from({ length: 9 }, () => [])));
		expect(await db.auditEntry.findMany({ where: { subjectId: ours.weddingId } })).toMatchObject([
			{ action: 'wedding.erased', weddingId: null, data: {} }
		]);
		expect([existsSync(path(mine)), existsSync(path(theirs))]).toEqual([false, true]);
		expect(await everything(others.weddingId)).toBe(before);
		await expect(erase.wedding(system(ours.weddingId))).rejects.toMatchObject({ status: 404 });
	});

	it('keeps the account of somebody who has another wedding', async () => {
		const { accountId } = ours.couple;
		await db.member.create({ data: { accountId, weddingId: others.weddingId, role: 'helper' } });
		expect(await erase.wedding(system(ours.weddingId))).toMatchObject({ accounts: 1 });
		expect(await db.account.count({ where: { id: accountId } })).toBe(1);
	});
});

describe('what is named on the command line', () => {
	it('is found by host, by address whatever its case, or by id', async () => {
		const { weddingId, mark, email, riet } = ours;
		expect(await named.wedding(`${mark}.example`)).toBe(weddingId);
		expect(await named.wedding(weddingId.toUpperCase())).toBe(weddingId);
		const { id } = await db.wedding.create({ data: { names: 'The only ones' } });
		expect(await named.wedding(new URL(settings.ORIGIN).host)).toBe(id);
		const there = await db.wedding.create({ data: { names: 'There', host: new URL(settings.ORIGIN).host } });
		expect(await named.wedding(there.host!)).toBe(there.id);
		await db.wedding.deleteMany({ where: { id: { in: [id, there.id] } } });
		expect(await named.guests(email.toUpperCase())).toEqual([{ id: riet.id, weddingId }]);
		expect(await named.guests(riet.id)).toEqual([{ id: riet.id, weddingId }]);
		expect(await named.guests(`Riet <${email}>`)).toEqual([{ id: riet.id, weddingId }]);
	});

	it('is nobody whose address is only like it', async () => {
		for (const address of [ours.email.replace('riet', '_iet'), ours.email.replace('riet', '%'), '%'])
			await expect(named.guests(address), address).rejects.toThrow(/^There is no guest/);
	});

	it('is refused when it is not there', async () => {
		await expect(named.wedding('nowhere.example')).rejects.toThrow(
			/^There is no wedding nowhere\.example: .*Eva & Tom/
		);
		await expect(named.guests('nobody@example.org')).rejects.toThrow(/^There is no guest/);
	});
});

describe('once a wedding is over by RETENTION_DAYS', () => {
	const count = async (weddingId: string) => ({
		mails: await letterbox.count({ weddingId }),
		sessions: await db.session.count({ where: { weddingId } }),
		details: await db.auditEntry.count({ where: { weddingId, NOT: { data: { equals: {} } } } }),
		guests: await db.guest.count({ where: { weddingId } })
	});
	/** As if the wedding, and all that came before it, had been so many days ago. */
	const passed = async (days: number) => {
		settings.RETENTION_DAYS = 100;
		await db.$executeRaw`UPDATE wedding SET held_on = (now() AT TIME ZONE 'UTC')::date - ${days}::int
			WHERE id = ${ours.weddingId}::uuid AND held_on IS NOT NULL`;
		for (const [table, column] of [
			['message', 'created_at'],
			['session', 'created_at'],
			['audit_entry', 'at']
		]) {
			const text = `UPDATE ${table} SET ${column} = now() - make_interval(days => $2, hours => 1) WHERE wedding_id = $1`;
			await pool.query(text, [ours.weddingId, days]);
		}
	};
	afterEach(() => (settings.RETENTION_DAYS = undefined));

	it('what is as old goes, and the guests stay', async () => {
		const before = await count(ours.weddingId);
		await passed(99);
		await expire();
		expect(await count(ours.weddingId)).toEqual(before);
		await passed(101);
		await letterbox.create({
			weddingId: ours.weddingId,
			kind: 'login',
			address: 'young@example.org',
			language: 'nl'
		});
		await expire();
		expect(await count(ours.weddingId)).toEqual({ mails: 1, sessions: 0, details: 0, guests: 2 });
	});

	it('a wedding without a day keeps everything', async () => {
		await db.wedding.update({ where: { id: ours.weddingId }, data: { heldOn: null } });
		const before = await count(ours.weddingId);
		await passed(5000);
		await expire();
		expect(await count(ours.weddingId)).toEqual(before);
	});
});
