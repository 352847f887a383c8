import { stat } from 'node:fs/promises';
import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { recognise } from '../recordings/audio.server.ts';
import * as quota from '../recordings/quota.server.ts';
import * as removals from '../removals/removals.server.ts';
import type { Back } from '../removals/removed.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { type Heard, MOST_VOICES, REFUSED_SECONDS } from './voice.ts';

const COLUMNS = `v.id, v.speaker, coalesce(h.name, '') AS household, v.duration_seconds AS "durationSeconds",
	v.is_shared AS "isShared", v.is_kept AS "isKept", v.failure, translate(encode(v.peaks, 'base64'), E'\\n', '') AS peaks, v.created_at AS "createdAt",
	coalesce(v.household_id = $2::uuid, false) AS "isOwn",
	CASE WHEN $3::boolean OR v.household_id = $2::uuid THEN v.reply ELSE '' END AS reply, v.format, v.mime_type AS "mimeType",
	v.original_name AS "originalName", v.bytes::float8 AS bytes, v.playback_bytes::float8 AS "playbackBytes"
	FROM voice v LEFT JOIN household h ON h.id = v.household_id`;

/** What this viewer may hear, the newest first: the couple all of it, a guest their household's and what is shared. */
export function list(viewer: Viewer): Promise<Heard[]> {
	permit(viewer, 'guestbook:listen');
	return rows<Heard>(
		'voices',
		`SELECT ${COLUMNS} WHERE v.wedding_id = $1 AND ($3::boolean OR v.household_id = $2::uuid OR v.is_shared AND v.failure IS NULL)
		ORDER BY v.id DESC`,
		[viewer.weddingId, viewer.householdId ?? null, may(viewer, 'guestbook:edit')]
	);
}

/** Throws 404, also for what this viewer may not hear. */
export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Heard> {
	permit(viewer, 'guestbook:listen');
	const [voice] = await rows<Heard>(
		'voice',
		`SELECT ${COLUMNS} WHERE v.wedding_id = $1::uuid AND v.id = $4::uuid AND ($3::boolean OR v.household_id = $2::uuid OR v.is_shared)`,
		[viewer.weddingId, viewer.householdId ?? null, may(viewer, 'guestbook:edit'), id],
		tx
	);
	if (!voice) throw new Problem(404, 'voice_unknown');
	return voice;
}

/**
 * Makes a message of a complete, synced file, which it moves to its place. With the key of one that this household has
 * sent already it gives that back and keeps nothing. Throws 415, and 413 for what is too long.
 */
export async function add(
	viewer: Viewer,
	file: { path: string; originalName: string },
	{ speaker, uploadKey = null }: { speaker: string; uploadKey?: string | null }
): Promise<string> {
	permit(viewer, 'guestbook:speak');
	const { weddingId, householdId = '', guestId = null } = viewer;
	const { format, mimeType, plays, durationSeconds } = await recognise(file.path);
	if (durationSeconds > REFUSED_SECONDS) throw new Problem(413, 'voice_too_long');
	const { size: bytes } = await stat(file.path);
	const [{ id }] = (await rows('voice-id', 'SELECT uuidv7() AS id', [])) as [{ id: string }];
	let kept = '';
	try {
		await files.keep(file.path, id, format);
		kept = await transaction(async (tx) => {
			await weddings.hold(weddingId, tx);
			const own = { weddingId, householdId };
			const same = uploadKey && (await tx.voice.findFirst({ where: { ...own, uploadKey } }));
			if (same) return same.id;
			if ((await tx.voice.count({ where: own })) >= MOST_VOICES) throw new Problem(413, 'voices_enough');
			await quota.check(weddingId, { bytes }, tx);
			const found = { format, mimeType, plays, durationSeconds, bytes, originalName: file.originalName };
			await tx.voice.create({ data: { id, ...own, guestId, speaker, uploadKey, ...found } });
			await trail.record(viewer, 'voice.added', { id }, tx);
			await jobs.add('guestbook.process', [{ voiceId: id }], {}, tx);
			return id;
		});
	} finally {
		if (kept !== id) await forget(viewer, id);
	}
	return kept;
}

/** The answer to a commit can get lost: whether there is a row tells whether the file goes. Else the sweep will. */
async function forget({ weddingId }: Viewer, id: string): Promise<void> {
	try {
		if (!(await db.voice.count({ where: { id, weddingId } }))) await files.remove(id);
	} catch (error) {
		log.warn({ id, error: String(error) }, 'file not removed');
	}
}

/** The couple's line to who spoke; none takes it back. */
export function answer(viewer: Viewer, id: string, reply: string): Promise<void> {
	permit(viewer, 'guestbook:edit');
	return change(viewer, id, { reply });
}

/** With all guests, or no longer. */
export function share(viewer: Viewer, id: string, isShared: boolean): Promise<void> {
	permit(viewer, 'guestbook:edit');
	return change(viewer, id, { isShared });
}

/** Puts it away, or back among the new ones. */
export function keep(viewer: Viewer, id: string, isKept: boolean): Promise<void> {
	permit(viewer, 'guestbook:edit');
	return change(viewer, id, { isKept });
}

type Change = { reply: string } | { isShared: boolean } | { isKept: boolean };

function change(viewer: Viewer, id: string, data: Change): Promise<void> {
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		await get(viewer, id, tx);
		await tx.voice.update({ where: { id, weddingId: viewer.weddingId }, data });
		await trail.record(viewer, 'voice.changed', { id, changed: Object.keys(data)[0] }, tx);
	});
}

/** The file stays as long as it can be put back; gives back by which id. */
export function remove(viewer: Viewer, id: string): Promise<string> {
	permit(viewer, 'guestbook:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const { speaker: name } = await get(viewer, id, tx);
		const removed = { kind: 'voice' as const, name, chosen: { voice: [{ id }] }, fileIds: [id] };
		const removalId = await removals.keep(weddingId, removed, tx);
		await tx.voice.delete({ where: { id, weddingId } });
		await trail.record(viewer, 'voice.removed', { id }, tx);
		return removalId;
	});
}

/** What the couple removed. Throws 409 when it is too late. */
export function restore(viewer: Viewer, removalId: string): Promise<Back> {
	permit(viewer, 'guestbook:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const kept = await removals.take(weddingId, removalId, ['voice'], tx);
		const back = await removals.restore(kept, tx);
		await trail.record(viewer, 'voice.restored', { id: kept.rows.voice![0]!.id as string }, tx);
		return back;
	});
}

/** By the household that said it, for good, with its file: others' are 404. */
export async function takeBack(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'guestbook:speak');
	if (!(await get(viewer, id)).isOwn) throw new Problem(404, 'voice_unknown');
	await drop(viewer, id);
}

async function drop(viewer: Viewer, id: string): Promise<void> {
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await get(viewer, id, tx);
		await tx.voice.delete({ where: { id, weddingId } });
		await trail.record(viewer, 'voice.removed', { id }, tx);
	});
	await forget(viewer, id);
}
