import { gunzipSync, gzipSync } from 'node:zlib';
import * as trail from '../audit/trail.server.ts';
import { db, transaction, type Tx } from '../kernel/db/db.server.ts';
import { canSeal, seal, unseal } from '../kernel/db/sealed.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as bulk from '../people/bulk.server.ts';
import { reverse } from '../people/bulk.ts';
import * as tags from '../people/tags.server.ts';
import * as diets from '../rsvp/diets.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Changes, GuestState } from './known.ts';
import { guess } from './mapping.ts';
import { type Asked, preview } from './preview.server.ts';
import { read } from './read.server.ts';
import { refuseChanged } from './since.server.ts';
import type { Sheet } from './sheet.ts';

/** What is kept of one that was taken in: its changes, and the groups that there were not before. */
type Kept = { changes: Changes; tags: string[] };
type Given = ({ path: string } | { text: string }) & { name: string };

/** Longer than a form may take, for thousands of rows. */
const PATIENT = { timeout: 30_000 };

/**
 * Reads a file, or what was copied from one, and keeps it for a day; nothing on the list changes. Throws 415 for what is
 * no guest list, 503 where it cannot be kept secret.
 */
export async function open(viewer: Viewer, { name, ...given }: Given): Promise<string> {
	permit(viewer, 'people:edit');
	if (!canSeal()) throw new Problem(503, 'sheet_no_key');
	const sheets = await read(given);
	if (!sheets.some((sheet) => guess(sheet))) throw new Problem(415, 'sheet_no_header');
	const { weddingId } = viewer;
	const id = crypto.randomUUID();
	await db.sheetImport.deleteMany({ where: { weddingId, state: 'waiting' } });
	await db.sheetImport.create({
		data: { id, weddingId, name: name.slice(0, 200), sealed: close(id, sheets) }
	});
	return id;
}

/** What it would change, as its page's address says how to read it. Throws 404. */
export async function look(viewer: Viewer, id: string, asked: Asked) {
	permit(viewer, 'people:edit');
	const { name, sheets } = await find(viewer, id, db);
	return { name, ...(await preview(viewer, sheets, asked, db)) };
}

/** Takes it in, all of it or nothing. Throws 409 when something is still to be said, or when the list is not as it was shown. */
export async function confirm(viewer: Viewer, id: string, asked: Asked & { version: string }): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const { sheets } = await find(viewer, id, tx);
		const { difference, version } = await preview(viewer, sheets, asked, tx);
		const isOpen = difference.questions.some(({ key }) => !asked.chosen[key]);
		if (isOpen) throw new Problem(409, 'sheet_questions');
		if (difference.troubles.some(({ isRemark }) => !isRemark)) throw new Problem(409, 'sheet_troubles');
		if (version !== asked.version) throw new Problem(409, 'sheet_changed');
		const { changes } = difference;
		const before = new Set((await tags.list(viewer, tx)).map((tag) => tag.name));
		await store(viewer, changes, tx);
		const fresh = (await tags.list(viewer, tx)).map((tag) => tag.name).filter((tag) => !before.has(tag));
		await tx.sheetImport.deleteMany({ where: { weddingId, id: { not: id } } });
		const sealed = close(id, { changes, tags: fresh } satisfies Kept);
		await tx.sheetImport.update({ where: { id, weddingId }, data: { sealed, state: 'stored' } });
		await trail.record(viewer, 'guests.imported', { id, ...count(changes) }, tx);
	}, PATIENT);
}

/** The last one that was taken in, with how much it has changed, for whoever takes it back. */
export async function findLast(viewer: Viewer) {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const found = await db.sheetImport.findFirst({ where: { weddingId, state: 'stored' } });
	if (!found || !canSeal()) return null;
	const { changes } = readKept(found);
	return { id: found.id, name: found.name, at: found.createdAt, ...count(changes) };
}

/** Takes the last one back. Throws 409 when somebody has changed since what it would change back. */
export async function undo(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const found = await tx.sheetImport.findUnique({ where: { id, weddingId, state: 'stored' } });
		if (!found) throw new Problem(409, 'sheet_undone');
		const kept = readKept(found);
		await refuseChanged(viewer, kept.changes, tx);
		await store(viewer, reverse(kept.changes), tx);
		await tags.removeUnused(viewer, kept.tags, tx);
		await tx.sheetImport.delete({ where: { id, weddingId } });
		await trail.record(viewer, 'guests.import_undone', { id, ...count(kept.changes) }, tx);
	}, PATIENT);
}

async function store(viewer: Viewer, changes: Changes, tx: Tx): Promise<void> {
	const plain = (state: GuestState | null) => {
		if (!state) return null;
		// no statement, and no log of one, says what somebody eats
		const { diet: _, ...own } = state;
		return own;
	};
	const guests = changes.guests.map(({ id, before, after }) => ({
		id,
		before: plain(before),
		after: plain(after)
	}));
	await bulk.change(viewer, { ...changes, guests }, tx);
	const eaten = changes.guests.flatMap(({ id, before, after }): [string, string][] =>
		after && after.diet !== (before?.diet ?? '') ? [[id, after.diet]] : []
	);
	await diets.change(viewer, eaten, tx);
}

/** How many came, and how many are different. */
function count({ households, guests }: Changes) {
	const isNew = ({ before }: { before: unknown }) => before === null;
	const changed = [...households, ...guests].filter((step) => !isNew(step)).length;
	return { households: households.filter(isNew).length, guests: guests.filter(isNew).length, changed };
}

async function find({ weddingId }: Viewer, id: string, tx: Tx): Promise<{ name: string; sheets: Sheet[] }> {
	const found = await tx.sheetImport.findUnique({ where: { id, weddingId, state: 'waiting' } });
	if (!found) throw new Problem(404, 'sheet_gone');
	return { name: found.name, sheets: reopen(found) as Sheet[] };
}

function readKept(stored: { id: string; sealed: Uint8Array }): Kept {
	const kept = reopen(stored) as Kept;
	// one of the release before knows nothing of diets
	for (const { before, after } of kept.changes.guests)
		for (const one of [before, after]) if (one) one.diet ??= '';
	return kept;
}

const placeOf = (id: string) => `sheet_import.sealed:${id}`;

function close(id: string, content: unknown) {
	return seal(gzipSync(JSON.stringify(content)).toString('base64'), placeOf(id));
}

function reopen({ id, sealed }: { id: string; sealed: Uint8Array }): unknown {
	return JSON.parse(gunzipSync(Buffer.from(unseal(sealed, placeOf(id)), 'base64')).toString());
}
