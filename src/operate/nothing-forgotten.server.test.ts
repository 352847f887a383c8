import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unpackTar } from 'modern-tar';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { path } from '../testing/drill.ts';
import { type Full, makeFull, type Rows, rowsOf, text, unfilled } from '../testing/full-wedding.ts';
import { ofWeddings, schema } from '../testing/schema.ts';
import { db } from '../lib/kernel/db/db.server.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { system } from '../lib/weddings/system.ts';
import * as mailbox from '../lib/mail/mailbox.server.ts';
import { write } from './archive/export.server.ts';
import { read } from './archive/import.server.ts';
import * as erase from './erase/erase.server.ts';
import { expire } from './erase/expiry.server.ts';
import { tables } from './tables.server.ts';

const folder = await mkdtemp(join(tmpdir(), 'vowtape-forgotten-'));
afterAll(() => rm(folder, { recursive: true }));

let ours: Full;
let others: Full;
beforeEach(async () => void ([ours, others] = [await makeFull(), await makeFull()]));

const LETTER = {
	...{ subject: 'Hi', from: 'Anna', paragraphs: [], footer: '', language: 'nl' },
	button: { label: 'x', url: 'x' }
};
const idOf = (rows: Rows[string] = []) => rows[0]!.id as string;

/** What is in an archive, but for when it was made. */
async function exported({ weddingId }: Full, to: string): Promise<[name: string, content: string][]> {
	await write(system(weddingId), to);
	const entries = await unpackTar(await readFile(to));
	return entries.map(({ header: { name }, data }) => {
		const content = Buffer.from(data!).toString(name.startsWith('recordings/') ? 'base64' : 'utf8');
		return [name, content.replace(/"madeAt": "[^"]*"|^[\da-f]{64} {2}wedding\.json$/m, '')];
	});
}

/** As it must arrive: rows and columns that stay behind are declared to. */
function travelling(all: Rows) {
	const waiting = new Set(
		all.Delivery!.filter(({ state }) => state === 'queued').map((row) => row.messageId)
	);
	const rows = tables.flatMap(({ model, archive }) => {
		if (!('key' in archive)) return [];
		const left = new Set(Object.keys(archive.leavesOut));
		const isKept = (row: Rows[string][0]) =>
			!waiting.has(row.messageId) &&
			!waiting.has(row.id) &&
			!/^wedding\.(im|ex)ported$/.test(String(row.action));
		const pairs = all[model]!.filter(isKept).map((row) =>
			Object.entries(row).filter(([column]) => !left.has(column))
		);
		return [[model, pairs]];
	});
	// whether an account is disabled is for each install to say
	const accounts = all.Account!.map(({ disabledAt: _, ...account }) => account);
	return { rows, accounts };
}

describe('a wedding with something in every column', () => {
	it('has none left out: a new one is missed', () => {
		expect(unfilled(ours.rows)).toEqual([]);
		const more = schema
			.replace('model Guest {\n', 'model Guest {\n\tnickname String @default("x")\n')
			.concat('\nmodel Toast {\n\tweddingId String\n}\n');
		expect(unfilled(ours.rows, more)).toEqual(['Guest.nickname', 'Toast.weddingId']);
		const usual = { ...ours.rows, Guest: ours.rows.Guest!.map((row) => ({ ...row, isChild: false })) };
		expect(unfilled(usual)).toEqual(['Guest.isChild']);
	});

	it('is the same archive once it was exported, erased and imported', async () => {
		const before = await rowsOf(ours);
		const [first, again] = ['one.tar', 'again.tar'].map((name) => join(folder, name)) as [string, string];
		const archive = await exported(ours, first);
		expect(archive.filter(([name]) => name.startsWith('recordings/'))).toHaveLength(2);
		expect(archive.filter(([name]) => name.startsWith('voices/'))).toHaveLength(1);
		expect(archive.filter(([name]) => name.startsWith('pictures/'))).toHaveLength(1);
		await erase.wedding(system(ours.weddingId));
		await read(first);
		const after = await rowsOf(ours);
		await db.auditEntry.deleteMany({ where: { weddingId: ours.weddingId, action: 'wedding.imported' } });
		expect(await exported(ours, again)).toEqual(archive);

		expect(travelling(after)).toEqual(travelling(before));
		for (const { model, archive } of tables)
			if ('staysBehind' in archive && model !== 'Account') expect(after[model], model).toEqual([]);
	});

	it('leaves no row and no file anywhere when it is erased, and the others theirs', async () => {
		const before = await rowsOf(others);
		for (const { rows } of [ours, others])
			await mailbox.keep(idOf(rows.Delivery), { address: 'riet@example.org', name: 'Riet' }, LETTER);
		await erase.wedding(system(ours.weddingId));
		for (const model of ['Recording', 'Voice'] as const) {
			const files = [ours, others].map(({ rows }) => existsSync(path(idOf(rows[model]))));
			expect(files, model).toEqual([false, true]);
		}
		const pictures = [ours, others].map(({ rows }) => existsSync(dirname(path(idOf(rows.Picture)))));
		expect(pictures).toEqual([false, true]);
		const kept = await readdir(join(settings.DATA_DIR, 'mail'));
		expect([ours, others].map(({ rows }) => kept.includes(`${idOf(rows.Delivery)}.txt`))).toEqual([
			false,
			true
		]);
		const none = Object.fromEntries(ofWeddings().map(({ name }) => [name, []]));
		expect(await rowsOf(ours)).toEqual(none);
		expect(await rowsOf(others)).toEqual(before);
	});

	it('leaves nothing of a guest who is erased, nor of whom they brought: no row, no text, no id but in the audit', async () => {
		const { id, name, email, plusOne } = ours.guest;
		const before = text(await rowsOf(ours));
		for (const part of [id, email, JSON.stringify(name)]) expect(before).toContain(part);
		const theirs = await rowsOf(others);
		await erase.guest(system(ours.weddingId), id);
		const { AuditEntry, ...left } = await rowsOf(ours);
		for (const one of [id, plusOne]) expect(text(left)).not.toContain(one);
		const all = text({ AuditEntry, ...left });
		for (const part of [email, JSON.stringify(name), 'Noor']) expect(all).not.toContain(part);
		for (const part of ['"Wim"', '"Tom"', '"place":"Gent"', 'tom@example.org']) expect(all).toContain(part);
		expect(await rowsOf(others)).toEqual(theirs);
	});

	describe('once it is over by RETENTION_DAYS', () => {
		beforeEach(() => void (settings.RETENTION_DAYS = 100));
		afterEach(() => void (settings.RETENTION_DAYS = undefined));

		it('loses what its tables say, and keeps the rest', async () => {
			const before = await rowsOf(ours);
			await expire();
			const after = await rowsOf(ours);
			for (const { model, expire } of tables)
				if (expire === 'stays') expect(after[model], model).toEqual(before[model]);
				else expect(after[model], model).not.toEqual(before[model]);
			expect(after).toMatchObject({ LoginLink: [], Session: [], Delivery: [{ state: 'queued' }] });
			expect(after.AuditEntry!.map(({ data }) => data)).toEqual([{}, {}, {}]);
		});
	});
});
