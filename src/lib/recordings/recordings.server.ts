import { stat } from 'node:fs/promises';
import * as trail from '../audit/trail.server.ts';
import { m } from '../i18n/compiled/messages.js';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { recognise } from './audio.server.ts';
import { HAS_COVER } from './covered.server.ts';
import * as groups from './groups.server.ts';
import { put, settle } from './moment.ts';
import { arrange, hold } from './order.server.ts';
import * as quota from './quota.server.ts';
import { fromTag, type Managed, type Recording, titleFrom } from './recording.ts';
import type { RecordingEdit, UploadDetails } from './recording.schema.ts';
import { instantOf, SHOWN, VERSION } from './shown.server.ts';

/** One recording and its neighbours in the list. Throws 404, also when it is hidden from this viewer, or not ready for a guest. */
export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Recording> {
	permit(viewer, 'recordings:listen');
	const [recording] = await rows<Recording>(
		'recording-get',
		`WITH shown AS (
			SELECT *, lag(id) OVER places AS before, lead(id) OVER places AS after
			FROM recording, (SELECT $4::uuid AS listener) AS asking
			WHERE wedding_id = $1::uuid AND (${SHOWN} OR $3)
			WINDOW places AS (ORDER BY position, id)
		)
		SELECT r.id, r.title, r.moment, r.speaker, r.recorded_on AS "recordedOn", r.position, r.is_hidden AS "isHidden",
			CASE WHEN r.visible_from > now() THEN r.visible_from END AS "visibleFrom", r.transcript, ${VERSION} AS version,
			r.original_name AS "originalName", r.format, r.mime_type AS "mimeType", r.plays, r.bytes::float8 AS bytes,
			r.state, r.progress, r.failure, encode(r.peaks, 'base64') AS peaks, r.playback_bytes::float8 AS "playbackBytes",
			${HAS_COVER} AS "hasCover", r.cover_id AS "coverId", r.is_film AS "isFilm", r.is_cut AS "isCut",
			r.duration_seconds AS "durationSeconds", CASE WHEN $3 THEN r.only_for::text[] ELSE '{}' END AS "onlyFor",
			(SELECT json_build_object('id', id, 'title', title) FROM shown WHERE id = r.before) AS previous,
			(SELECT json_build_object('id', id, 'title', title) FROM shown WHERE id = r.after) AS next
		FROM shown r WHERE r.id = $2::uuid`,
		[viewer.weddingId, id, may(viewer, 'recordings:edit'), viewer.householdId ?? null],
		tx
	);
	if (!recording) throw new Problem(404, 'recording_unknown');
	return recording;
}

/** All of them, for who looks after them. */
export function all(viewer: Viewer): Promise<Managed[]> {
	permit(viewer, 'recordings:edit');
	return rows<Managed>(
		'recordings-all',
		`SELECT id, title, moment, speaker, recorded_on AS "recordedOn",
			duration_seconds AS "durationSeconds", is_hidden AS "isHidden", format, position,
			only_for::text[] AS "onlyFor",
			CASE WHEN visible_from > now() THEN visible_from END AS "visibleFrom", ${VERSION} AS version,
			bytes::float8 AS bytes, state, progress, failure, is_cut AS "isCut", ${HAS_COVER} AS "hasCover",
			plays OR playback_bytes IS NOT NULL AS plays, playback_bytes::float8 AS "playbackBytes",
			CASE WHEN sha256 IS NOT NULL AND NOT is_copy_wanted AND first_value(id) OVER same <> id THEN
				json_build_object('id', first_value(id) OVER same, 'title', first_value(title) OVER same)
			END AS "sameAs"
		FROM recording WHERE wedding_id = $1
		WINDOW same AS (PARTITION BY sha256 ORDER BY id) ORDER BY position, id`,
		[viewer.weddingId]
	);
}

/**
 * Makes a recording of a complete, synced file, which it moves to its place; the row appears after that. With the
 * upload key of a recording that is already there it gives that one back and keeps nothing. Throws 415.
 */
export async function add(
	viewer: Viewer,
	file: { path: string; originalName: string },
	{ uploadKey, ...details }: UploadDetails
): Promise<Recording> {
	permit(viewer, 'recordings:edit');
	const { weddingId } = viewer;
	const { originalName } = file;
	const { codec: _, title: tagged, artist, ...audio } = await recognise(file.path);
	const { size: bytes } = await stat(file.path);
	const title = details.title || fromTag(tagged, 200) || titleFrom(originalName) || m.upload_untitled();
	const speaker = details.speaker || fromTag(artist, 120);
	const [{ id }] = (await rows('recording-id', 'SELECT uuidv7() AS id', [])) as [{ id: string }];
	let kept = '';
	try {
		await files.keep(file.path, id, audio.format);
		kept = await transaction(async (tx) => {
			const order = await hold(weddingId, tx);
			const same = uploadKey && (await tx.recording.findFirst({ where: { weddingId, uploadKey } }));
			if (same) return same.id;
			await quota.check(weddingId, { bytes, uploadKey }, tx);
			const found = { ...audio, bytes, originalName };
			const position = order.length + 1;
			await tx.recording.create({
				data: { id, weddingId, uploadKey, position, ...details, title, speaker, ...found }
			});
			await trail.record(viewer, 'recording.added', { id, title, originalName }, tx);
			await arrange(weddingId, settle(order, id, details.moment), tx);
			await jobs.add('recordings.fingerprint', [{ recordingId: id }], {}, tx);
			await jobs.add('recordings.process', [{ recordingId: id }], {}, tx);
			return id;
		});
	} finally {
		if (kept !== id) await forget(viewer, id);
	}
	return get(viewer, kept);
}

/** The answer to a commit can get lost: whether there is a row tells whether the file goes. Else the sweep will. */
async function forget({ weddingId }: Viewer, id: string): Promise<void> {
	try {
		const isThere = await db.recording.count({ where: { id, weddingId } });
		if (!isThere) await files.remove(id);
	} catch (error) {
		log.warn({ id, error: String(error) }, 'file not removed');
	}
}

/** Throws 409 when it is not any more as it was in that version. */
export function edit(viewer: Viewer, id: string, edited: RecordingEdit): Promise<void> {
	permit(viewer, 'recordings:edit');
	const { position, positionBefore, version, visibility, visibleFrom, onlyFor = [], ...details } = edited;
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const order = await hold(weddingId, tx);
		const before = await getAsSeen(viewer, id, { version }, tx);
		// one that stayed as it was in the form says nothing: another form may have moved it since
		const isMoved = position && position !== positionBefore;
		if (isMoved && version && positionBefore !== before.position) throw new Problem(409, 'recording_moved');
		const shown = visibility && {
			isHidden: visibility === 'couple',
			visibleFrom: visibility === 'from' ? await instantOf(weddingId, visibleFrom!, tx) : null,
			onlyFor: await groups.check(weddingId, onlyFor, tx)
		};
		await tx.recording.update({ where: { id, weddingId }, data: { ...details, ...shown } });
		const own = { id, moment: details.moment };
		const after = isMoved
			? put(order, id, { to: position }).map((line) => (line.id === id ? own : line))
			: settle(order, id, details.moment);
		await arrange(weddingId, after, tx);
		await trail.record(viewer, 'recording.edited', { id, before: asWritten(before) }, tx);
	});
}

function asWritten({ title, moment, speaker, recordedOn, position, isHidden, ...shown }: Recording) {
	const { visibleFrom, onlyFor } = shown;
	const day = recordedOn && recordedOn.toISOString().slice(0, 10);
	const from = visibleFrom && visibleFrom.toISOString();
	return { title, moment, speaker, recordedOn: day, position, isHidden, visibleFrom: from, onlyFor };
}

/** What a page showed; without it, a change is of whatever there is. */
export type Seen = { version?: string; positionBefore?: number };

/** Whoever comes with what is not there any more has not seen what they would overwrite: 409. */
async function getAsSeen(viewer: Viewer, id: string, seen: Seen, tx: Tx): Promise<Recording> {
	const recording = await get(viewer, id, tx);
	if (seen.version && seen.version !== recording.version) throw new Problem(409, 'recording_changed');
	if (seen.positionBefore && seen.positionBefore !== recording.position)
		throw new Problem(409, 'recording_moved');
	return recording;
}

type Move = Seen & { to: 'up' | 'down' | number; joins?: string };

/**
 * One place `up` or `down`, or to a place counted from 1, beside one whose moment it `joins`: see `put`. At the end of
 * the list it stays where it is. Throws 409.
 */
export function move(viewer: Viewer, id: string, { to, joins, ...seen }: Move): Promise<void> {
	permit(viewer, 'recordings:edit');
	return transaction(async (tx) => {
		const order = await hold(viewer.weddingId, tx);
		const { position: before, moment: left } = await getAsSeen(viewer, id, seen, tx);
		const after = put(order, id, { to, joins });
		const at = after.findIndex((line) => line.id === id);
		const isBeside = [after[at - 1], after[at + 1]].some((line) => line?.id === joins);
		// the list is not any more as whoever dropped it there had it before them
		if (joins && !isBeside) throw new Problem(409, 'recording_moved');
		const { moment } = after[at]!;
		if (at + 1 === before && moment === left) return;
		await arrange(viewer.weddingId, after, tx);
		const moments = moment === left ? {} : { left, moment };
		await trail.record(viewer, 'recording.moved', { id, before, after: at + 1, ...moments }, tx);
	});
}

/** For the couple alone. Throws 409. */
export function hide(viewer: Viewer, id: string, seen: Seen = {}): Promise<void> {
	permit(viewer, 'recordings:edit');
	return setHidden(viewer, id, { ...seen, isHidden: true });
}

/** From now on, also when it was to wait. Throws 409. */
export function show(viewer: Viewer, id: string, seen: Seen = {}): Promise<void> {
	permit(viewer, 'recordings:edit');
	return setHidden(viewer, id, { ...seen, isHidden: false });
}

function setHidden(viewer: Viewer, id: string, { isHidden, ...seen }: Seen & { isHidden: boolean }) {
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const recording = await getAsSeen(viewer, id, seen, tx);
		if (recording.isHidden === isHidden && !recording.visibleFrom) return;
		const data = { isHidden, visibleFrom: null };
		await tx.recording.update({ where: { id, weddingId: viewer.weddingId }, data });
		await trail.record(viewer, isHidden ? 'recording.hidden' : 'recording.shown', { id }, tx);
	});
}

/** With its scores; the file stays as long as it can be put back. Throws 409. */
export function remove(viewer: Viewer, id: string, seen: Seen = {}) {
	permit(viewer, 'recordings:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const order = await hold(weddingId, tx);
		const { title, originalName, coverId } = await getAsSeen(viewer, id, seen, tx);
		const fileIds = coverId ? [id, coverId] : [id];
		const removed = { kind: 'recording' as const, name: title, chosen: { recording: [{ id }] }, fileIds };
		const removalId = await removals.keep(weddingId, removed, tx);
		await tx.recording.delete({ where: { id, weddingId } });
		const others = order.filter((line) => line.id !== id);
		await arrange(weddingId, others, tx);
		await trail.record(viewer, 'recording.removed', { id, title, originalName }, tx);
		return { removalId };
	});
}
