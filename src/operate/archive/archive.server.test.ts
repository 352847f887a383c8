import { execFileSync } from 'node:child_process';
import * as letterbox from '../../testing/letterbox.ts';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packTar, unpackTar } from 'modern-tar';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { path as original } from '../../testing/drill.ts';
import { makeScore, makeSession, makeWedding } from '../../testing/fixtures.ts';
import { db, pool } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { system } from '../../lib/weddings/system.ts';
import * as erase from '../erase/erase.server.ts';
import { write } from './export.server.ts';
import { read } from './import.server.ts';

const folder = await mkdtemp(join(tmpdir(), 'vowtape-archive-'));
afterAll(() => rm(folder, { recursive: true }));

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let ours: Wedding;
let recordingId: string;
let path: string;

beforeEach(async () => {
	ours = await makeWedding('Anna "Ä" & Ben');
	const { weddingId, guest, riet, wim, household, email, couple } = ours;
	await db.guest.update({ where: { id: riet.id }, data: { plusOneOfId: wim.id } });
	await makeSession(guest);
	await makeScore(guest, riet.id);
	const mail = { weddingId, kind: 'invitation', address: email, language: 'nl', householdId: household.id };
	await letterbox.create({ ...mail, state: 'sent' });
	await letterbox.create(mail);
	await letterbox.create({ ...mail, state: 'sent', accountId: couple.accountId });
	await db.auditEntry.create({
		data: { weddingId, action: 'x.y', accountId: couple.accountId, data: { a: [1, null] } }
	});
	({ id: recordingId } = await db.recording.findFirstOrThrow({ where: { weddingId } }));
	await db.recording.update({ where: { id: recordingId }, data: { bytes: 300_000 } });
	await put(recordingId, randomBytes(300_000));
	path = join(folder, `${weddingId}.tar`);
});

async function put(id: string, content: Buffer) {
	await mkdir(dirname(original(id)), { recursive: true });
	await writeFile(original(id), content);
}

/** Everything of a wedding but what stays behind. */
async function everything(weddingId: string) {
	const tables = ['wedding', 'member', 'household', 'guest', 'recording', 'score', 'delivery', 'audit_entry'];
	const found = tables.map(async (table) => {
		const column = table === 'wedding' ? 'id' : 'wedding_id';
		const { rows } = await pool.query(
			`SELECT to_jsonb(t) - 'sha256' AS row FROM ${table} t WHERE ${column} = $1 ORDER BY 1`,
			[weddingId]
		);
		const isKept = ({ row }: { row: Record<string, unknown> }) =>
			row.state !== 'queued' && !/^wedding\.(im|ex)ported$/.test(String(row.action));
		return [table, rows.filter(isKept)];
	});
	return Object.fromEntries(await Promise.all(found));
}

const count = () =>
	Promise.all([db.wedding.count(), db.guest.count(), db.account.count(), db.recording.count()]);

/** The archive once more, with one of its entries changed. */
async function changed(change: (entries: { name: string; data: Uint8Array }[]) => void): Promise<string> {
	const entries = (await unpackTar(await readFile(path))).map(({ header, data }) => ({
		name: header.name,
		data: data!
	}));
	change(entries);
	const packed = entries.map(({ name, data }) => ({ header: { name, size: data.length }, body: data }));
	await writeFile(`${path}.changed`, await packTar(packed));
	return `${path}.changed`;
}

describe('a wedding that moves', () => {
	it('arrives as it was, under the same ids, with every byte of its recordings', async () => {
		const { weddingId } = ours;
		const before = await everything(weddingId);
		const content = await readFile(original(recordingId));
		expect(await write(system(weddingId), path)).toEqual({ guests: 2, recordings: 1, bytes: 300_000 });
		await erase.wedding(system(weddingId));

		expect(await read(path)).toEqual({ weddingId, guests: 2, recordings: 1 });
		expect(await everything(weddingId)).toEqual(before);
		expect((await readFile(original(recordingId))).equals(content)).toBe(true);
		expect(await files.sha256(recordingId, 'mp3')).toBe(
			Buffer.from((await db.recording.findUniqueOrThrow({ where: { id: recordingId } })).sha256!).toString(
				'hex'
			)
		);
		expect(await db.session.count({ where: { weddingId } })).toBe(0);
		expect(await letterbox.count({ weddingId, state: 'queued' })).toBe(0);
		expect(await readdir(await files.incomingDir())).toEqual([]);
	});

	it('can be unpacked and checked by tar and sha256sum alone', async () => {
		await write(system(ours.weddingId), path);
		const place = await mkdtemp(join(folder, 'by-hand-'));
		execFileSync('tar', ['xf', path, '-C', place]);
		expect(execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: place, encoding: 'utf8' })).toBe(
			`wedding.json: OK\nrecordings/${recordingId}.mp3: OK\n`
		);
	});

	it('finds accounts that are here already, whatever the case of their address', async () => {
		const { weddingId, couple } = ours;
		await write(system(weddingId), path);
		await erase.wedding(system(weddingId));
		const { id } = await db.account.create({ data: { email: couple.email.toUpperCase() } });
		await read(path);
		expect(await db.member.count({ where: { weddingId, accountId: id, role: 'couple' } })).toBe(1);
		expect(await letterbox.count({ weddingId, accountId: id })).toBe(1);
	});

	it('gives its account to nobody whose address is only like it', async () => {
		const { weddingId, couple, mark } = ours;
		await db.account.update({ where: { id: couple.accountId }, data: { email: `a_na-${mark}@example.org` } });
		await write(system(weddingId), path);
		await erase.wedding(system(weddingId));
		const { id } = await db.account.create({ data: { email: `anna-${mark}@example.org` } });
		await read(path);
		expect(await db.member.count({ where: { accountId: id } })).toBe(0);
	});

	it('is for who may edit it', async () => {
		await expect(write(ours.guest, path)).rejects.toMatchObject({ status: 403 });
		await expect(write(ours.helper, path)).rejects.toMatchObject({ status: 403 });
	});

	it('says that it cannot be written there', async () => {
		const nowhere = join(folder, 'nowhere', 'wedding.tar');
		await expect(write(system(ours.weddingId), nowhere)).rejects.toThrow(
			/wedding\.tar cannot be written \(ENOENT/
		);
	});

	it('does not leave with a recording that is not what was uploaded', async () => {
		await db.recording.update({ where: { id: recordingId }, data: { sha256: Buffer.alloc(32) } });
		await expect(write(system(ours.weddingId), path)).rejects.toThrow(/is not what was uploaded/);
		await files.remove(recordingId);
		await expect(write(system(ours.weddingId), path)).rejects.toThrow(
			/was removed meanwhile, or its file is lost/
		);
		expect(await readdir(folder)).not.toContain(`${ours.weddingId}.tar.unfinished`);
		expect(await readdir(folder)).not.toContain(`${ours.weddingId}.tar`);
	});
});

describe('an archive is refused, and nothing of it kept,', () => {
	const refused = async (from: string, message: RegExp, host?: string) => {
		const before = await count();
		await expect(read(from, host)).rejects.toThrow(message);
		expect(await count()).toEqual(before);
		expect(await readdir(await files.incomingDir())).toEqual([]);
	};

	it('when the wedding is here already, or another has its host', async () => {
		const { weddingId, mark } = ours;
		await write(system(weddingId), path);
		await refused(path, /^This wedding is here already: erase it first\.$/);
		await erase.wedding(system(weddingId));
		await db.wedding.create({ data: { names: 'Others', host: `${mark}.example` } });
		await refused(path, /^The host \w+\.example has another wedding: add --host/);
		await read(path, `${mark}-2.example`);
		expect(await db.wedding.count({ where: { id: weddingId, host: `${mark}-2.example` } })).toBe(1);
	});

	it('when a household of another wedding has the code of one of its cards', async () => {
		await write(system(ours.weddingId), path);
		const { code } = await db.household.findUniqueOrThrow({ where: { id: ours.household.id } });
		await erase.wedding(system(ours.weddingId));
		const other = await makeWedding();
		await db.household.update({ where: { id: other.household.id }, data: { code } });
		await refused(path, /^Something of this wedding is here already/);
		expect(await files.ids()).not.toContain(recordingId);
	});

	it('when it is cut short, anywhere', async () => {
		await write(system(ours.weddingId), path);
		await erase.wedding(system(ours.weddingId));
		const whole = await readFile(path);
		for (const bytes of [0, 100, 3000, 200_000, whole.length - 2000]) {
			await truncate(path, bytes);
			await refused(path, /^The archive /);
			await writeFile(path, whole);
		}
		await read(path);
	});

	it('when something in it was changed', async () => {
		await write(system(ours.weddingId), path);
		await erase.wedding(system(ours.weddingId));
		const sound = await changed((entries) => (entries[1]!.data[7]! ^= 1));
		await refused(sound, /^The archive is not whole: its contents and its SHA256SUMS differ/);
		const without = await changed((entries) => entries.splice(1, 1));
		await refused(without, /^The archive is not whole/);
		const renamed = await changed((entries) => (entries[1]!.name = '../../evil.mp3'));
		await refused(renamed, /^The archive holds "\.\.\/\.\.\/evil\.mp3", which/);
		const more = await changed((entries) => entries.push({ name: 'more', data: Buffer.from('x') }));
		await refused(more, /^The archive goes on after SHA256SUMS/);
	});

	it('when it is none of ours, or of a later version', async () => {
		const other = (await makeWedding()).household.id;
		await write(system(ours.weddingId), path);
		await erase.wedding(system(ours.weddingId));
		const edited = (change: (json: string) => string) =>
			changed((entries) => (entries[0]!.data = Buffer.from(change(String(Buffer.from(entries[0]!.data))))));
		await refused(
			await edited((json) => json.replace('"version": 1', '"version": 2')),
			/is not of this version: version/
		);
		await refused(
			await edited((json) => json.replace('"format": "mp3"', '"format": "../x"')),
			/is not of this version/
		);
		await refused(
			await edited((json) => json.replace(/"householdId": "[^"]*"/, `"householdId": "${other}"`)),
			/: names rows that it does not hold/
		);
		await refused(await edited(() => 'null'), /is not of this version/);
		await writeFile(path, randomBytes(5000));
		await refused(path, /^The archive /);
		await refused(join(folder, 'nowhere.tar'), /^The archive cannot be read: ENOENT/);
	});
});
