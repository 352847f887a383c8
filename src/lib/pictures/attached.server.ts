import * as trail from '../audit/trail.server.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import type { Words } from '../i18n/words.ts';
import { now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { type Direction, shift } from '../kernel/db/order.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { MOST_ALT, MOST_PICTURES, type Picture } from './picture.ts';
import { COLUMNS, RESTORABLE } from './stored.server.ts';
import * as stored from './stored.server.ts';

/* Pictures that stand with something of another domain, in their order. */

export type Place = 'block' | 'gift';
type Of = { place: Place; subjectId: string };

/** Of each of these the pictures that it has. */
export async function list(viewer: Viewer, place: Place, ids: string[]): Promise<Map<string, Picture[]>> {
	permit(viewer, 'pictures:see');
	if (ids.length === 0) return new Map();
	const found = await rows<Picture & { subjectId: string }>(
		'pictures-attached',
		`SELECT ${COLUMNS}, subject_id AS "subjectId" FROM picture
		WHERE wedding_id = $1::uuid AND place = $2 AND subject_id = ANY ($3::uuid[]) AND removed_at IS NULL
		ORDER BY position, created_at, id`,
		[viewer.weddingId, place, ids]
	);
	const bySubject = Map.groupBy(found, ({ subjectId }) => subjectId);
	return new Map(
		[...bySubject].map(([id, pictures]) => [id, pictures.map(({ subjectId: _, ...picture }) => picture)])
	);
}

/** Takes in a form with a picture, and what it shows in some languages. `check` throws when there is nothing to add it to. */
export function receive(
	viewer: Viewer,
	of: Of,
	request: Request,
	check: (tx: Tx) => Promise<unknown>
): Promise<void> {
	permit(viewer, 'pictures:edit');
	return stored.receive(viewer, request, async (path, fields) => {
		await put(viewer, of, { path, alt: readAlt(fields) }, check);
	});
}

function readAlt(fields: Record<string, string>): Words {
	const said = (language: string) => (fields[`alt.${language}`] ?? '').replace(/\s+/g, ' ').trim();
	return Object.fromEntries(
		LANGUAGES.filter(said).map((language) => [language, said(language).slice(0, MOST_ALT)])
	);
}

/** A gift has one: the new one takes the place of the one before. Throws 409 where there are too many. */
export function put(
	viewer: Viewer,
	of: Of,
	{ path, alt = {} }: { path: string; alt?: Words },
	check: (tx: Tx) => Promise<unknown>
): Promise<string> {
	permit(viewer, 'pictures:edit');
	return stored.put(viewer, path, async (picture, tx) => {
		await check(tx);
		if (of.place === 'gift') await takeAway(viewer, of, tx);
		const position = await tx.picture.count({ where: { ...of, weddingId: viewer.weddingId } });
		const shown = await tx.picture.count({ where: { ...of, weddingId: viewer.weddingId, removedAt: null } });
		if (shown >= MOST_PICTURES) throw new Problem(409, 'pictures_many');
		await tx.picture.create({ data: { ...picture, ...of, alt, position } });
	});
}

/** What it shows, in words. */
export function describe(viewer: Viewer, of: Of, id: string, alt: Words): Promise<void> {
	permit(viewer, 'pictures:edit');
	return change(viewer, 'picture.edited', id, async (tx) => {
		const where = { ...of, id, weddingId: viewer.weddingId, removedAt: null };
		return (await tx.picture.updateMany({ where, data: { alt } })).count > 0;
	});
}

export function move(viewer: Viewer, of: Of, id: string, direction: Direction): Promise<void> {
	permit(viewer, 'pictures:edit');
	const { weddingId } = viewer;
	return change(viewer, 'picture.moved', id, async (tx) => {
		const found = await tx.picture.findMany({
			...{ where: { ...of, weddingId, removedAt: null }, select: { id: true } },
			orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }]
		});
		const ids = shift(
			found.map((one) => one.id),
			id,
			direction
		);
		for (const [position, one] of (ids ?? []).entries())
			await tx.picture.update({ where: { id: one, weddingId }, data: { position } });
		return ids !== null;
	});
}

/** For a day it can be put back. */
export function remove(viewer: Viewer, of: Of, id: string): Promise<void> {
	permit(viewer, 'pictures:edit');
	return change(viewer, 'picture.removed', id, async (tx) => {
		const where = { ...of, id, weddingId: viewer.weddingId, removedAt: null };
		return (await tx.picture.updateMany({ where, data: { removedAt: await now(tx) } })).count > 0;
	});
}

/** Throws 409 when it is gone for good. */
export function restore(viewer: Viewer, of: Of, id: string): Promise<void> {
	permit(viewer, 'pictures:edit');
	return change(viewer, 'picture.put', id, async (tx) => {
		if (of.place === 'gift') await takeAway(viewer, of, tx);
		return (await giveBack(viewer, of, [id], tx)) > 0;
	});
}

/** All of them, with that which they stand with; gives back their ids. */
export async function takeAway(viewer: Viewer, of: Of, tx: Tx): Promise<string[]> {
	permit(viewer, 'pictures:edit');
	const where = { ...of, weddingId: viewer.weddingId, removedAt: null };
	const removed = await tx.picture.updateManyAndReturn({ where, data: { removedAt: await now(tx) } });
	return removed.map(({ id }) => id);
}

/** Those that were taken away, to what may have another id now; gives back how many were still there. */
export async function giveBack(
	viewer: Viewer,
	{ place, subjectId }: Of,
	ids: string[],
	tx: Tx
): Promise<number> {
	permit(viewer, 'pictures:edit');
	const found = await rows(
		'pictures-give-back',
		`UPDATE picture SET removed_at = NULL, subject_id = $3::uuid
		WHERE wedding_id = $1::uuid AND place = $2 AND id = ANY ($4::uuid[]) AND ${RESTORABLE} RETURNING id`,
		[viewer.weddingId, place, subjectId, ids],
		tx
	);
	return found.length;
}

async function change(
	viewer: Viewer,
	action: string,
	id: string,
	act: (tx: Tx) => Promise<boolean>
): Promise<void> {
	await transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		if (!(await act(tx))) throw new Problem(409, 'picture_restored');
		await trail.record(viewer, action, { id }, tx);
	});
}
