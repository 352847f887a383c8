import { AsyncLocalStorage } from 'node:async_hooks';
import { rm, stat } from 'node:fs/promises';
import { type Locker, Server } from '@tus/server';
import { db, rows } from '../kernel/db/db.server.ts';
import * as locks from '../kernel/db/locks.server.ts';
import { cleanName } from '../kernel/files/file-names.ts';
import * as files from '../kernel/files/files.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as quota from './quota.server.ts';
import * as intoRecordings from './recordings-in.server.ts';
import { type Asked, type Owner, pathOf, Store, type Stored } from './resumable-store.server.ts';
import type { Unfinished } from './uploading.ts';
import type { Purpose } from './purpose.ts';
import * as uploads from './uploads.server.ts';

type About = Asked & { id: string; purpose: Purpose; failure?: unknown };

/** Of one upload, for as long as its request is answered. */
const asked = new AsyncLocalStorage<About>();

const VERSION = '1.0.0';

const lockOf = (id: string) => `upload ${id}`;

const locker: Locker = {
	newLock(id) {
		let free: (() => Promise<void>) | undefined;
		return {
			async lock(signal, letGo) {
				free = await locks.take(lockOf(id), { signal, letGo });
			},
			unlock: async () => free?.()
		};
	}
};

const tus = new Server({
	path: '/api/uploads',
	datastore: new Store(() => asked.getStore()!),
	locker,
	generateUrl: () => `${asked.getStore()!.purpose.path}/${asked.getStore()!.id}`,
	allowedOrigins: [],
	maxSize: () => asked.getStore()!.purpose.limitBytes(),
	// whoever asks anew has lost the connection before, on which nothing comes any more
	lockDrainTimeout: 500,
	namingFunction: () => asked.getStore()!.id,
	// its own looks at the query too
	getFileIdFromRequest: () => asked.getStore()!.id,
	onResponseError(_request, error) {
		if (!('status_code' in error)) asked.getStore()!.failure = error;
		return undefined;
	}
});

/**
 * Answers a request of tus 1.0.0, about the upload `id` or for a new one. Of somebody else's it knows nothing (404);
 * what is too large, or does not fit into what is left of the disk or the quota, is refused before it begins. With the
 * last byte the upload becomes what its purpose says, as with a form: a refusal of that leaves nothing, an obstacle
 * (503, a session that has ended) keeps the file for the next request.
 */
export async function answer(
	viewer: Viewer,
	request: Request,
	{ id, ...session }: uploads.SessionKey & { id?: string },
	purpose: Purpose = intoRecordings.purpose
): Promise<Response> {
	permit(viewer, purpose.right);
	const owner = ownerOf(viewer);
	// theirs says 400 of another version
	if (request.method !== 'OPTIONS' && request.headers.get('tus-resumable') !== VERSION)
		return new Response(null, { status: 412, headers: { 'tus-version': VERSION } });
	if (id) await find(owner, id);
	else if (request.method === 'POST') await expect(request, purpose);
	const { findStored } = purpose;
	const about: About = { owner, findStored, purpose, id: id ?? (await newId()) };
	const response = await asked.run(about, () => tus.handleWeb(request));
	if (about.failure) throw about.failure;
	// no other site has any business here
	for (const name of [...response.headers.keys()])
		if (name.startsWith('access-control-')) response.headers.delete(name);
	if (!response.ok || !(await isComplete(about.id, response))) return response;

	const { id: storedId, title } = await finish(viewer, about, session);
	response.headers.set('content-location', purpose.addressOf(storedId));
	// a header has no room for letters beyond ASCII
	response.headers.set('recording-title', encodeURIComponent(title));
	return response;
}

/** What whoever wants to upload something should know before. */
export async function facts(viewer: Viewer) {
	permit(viewer, 'recordings:edit');
	return {
		unfinished: await unfinished(viewer),
		room: await quota.room(viewer),
		limitBytes: settings.UPLOAD_LIMIT
	};
}

/** Those of this viewer that have a beginning and wait for the rest, the oldest first. */
export async function unfinished(viewer: Viewer): Promise<Unfinished[]> {
	permit(viewer, 'recordings:edit');
	if (!viewer.accountId) return [];
	const found = await db.upload.findMany({
		where: { ...ownerOf(viewer), isStored: false, bytes: { not: null } },
		orderBy: { id: 'asc' }
	});
	const all = await Promise.all(
		found.map(async ({ id, bytes, metadata }) => {
			const { filename = '', lastModified } = metadata as Record<string, string>;
			const sentBytes = await stat(await pathOf(id)).then(
				({ size }) => size,
				() => 0
			);
			const about = { id, name: filename, lastModified: Number(lastModified) || 0 };
			return { ...about, bytes: Number(bytes), sentBytes };
		})
	);
	return all.filter(({ sentBytes }) => sentBytes > 0);
}

/** Forgets what is here of it. */
export async function discard(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'recordings:edit');
	await find(ownerOf(viewer), id);
	const free = await locks.take(lockOf(id));
	await drop(id).finally(free);
}

/** Refuses before it begins what would be refused in the end. */
async function expect(request: Request, { limitBytes, refuse }: Purpose): Promise<void> {
	const length = Number(request.headers.get('upload-length') ?? limitBytes());
	if (length === 0) throw new Problem(400, 'upload_empty');
	uploads.refuseTooLarge(length, limitBytes());
	await uploads.expectRoom(length);
	refuse(metadataOf(request));
}

function metadataOf(request: Request): Record<string, string> {
	const pairs = (request.headers.get('upload-metadata') ?? '')
		.split(',')
		.map((pair) => pair.trim().split(' '));
	return Object.fromEntries(
		pairs.map(([name, value = '']) => [name, Buffer.from(value, 'base64').toString()])
	);
}

/**
 * Whether everything had come in by this answer. What lies on disk by now does not count: whoever was cut off would
 * finish what another has sent since.
 */
async function isComplete(id: string, { headers }: Response): Promise<boolean> {
	const offset = headers.get('upload-offset');
	const row = offset && (await db.upload.findUnique({ where: { id } }));
	return !!row && row.bytes !== null && Number(offset) === Number(row.bytes);
}

/** Once only, whoever asks for it how often. */
async function finish(viewer: Viewer, { id, purpose }: About, session: uploads.SessionKey): Promise<Stored> {
	const free = await locks.take(lockOf(id));
	try {
		const upload = await find(ownerOf(viewer), id);
		const { isStored, bytes, metadata } = upload;
		const known = await purpose.findStored(upload);
		if (known) {
			await rows('upload-stored', STORED, [id]);
			await files.discard(await pathOf(id));
			return known;
		}
		if (isStored) throw new Problem(410, 'gone');
		const { filename = '', ...fields } = metadata as Record<string, string>;
		const file = { path: await pathOf(id), bytes: Number(bytes), originalName: cleanName(filename) };
		const received = { fields: { ...fields, uploadKey: id }, file };
		const stored = await purpose.store(viewer, received, session).catch(async (error) => {
			if (isFinal(error)) await drop(id);
			throw error;
		});
		await rows('upload-stored', STORED, [id]);
		await files.discard(file.path);
		return stored;
	} finally {
		await free();
	}
}

const STORED = 'UPDATE upload SET is_stored = true WHERE id = $1::uuid';

/** Whether sending it again would end the same way. */
function isFinal(error: unknown): boolean {
	return error instanceof Problem && [400, 413, 415, 422].includes(error.status);
}

/** Nobody was heard of for a day. Gives back how many there were. */
export async function sweep(): Promise<number> {
	const abandoned = await rows<{ id: string }>(
		'upload-abandoned',
		`DELETE FROM upload WHERE touched_at < now() - interval '1 day' RETURNING id`,
		[]
	);
	for (const { id } of abandoned) await drop(id);
	const known = await rows<{ id: string }>('upload-ids', 'SELECT id FROM upload WHERE NOT is_stored', []);
	const gone = await files.sweepResumable(new Set(known.map(({ id }) => id)));
	return abandoned.length + gone;
}

export async function drop(id: string): Promise<void> {
	await db.upload.deleteMany({ where: { id } });
	await rm(await pathOf(id), { force: true });
}

async function find(owner: Owner, id: string) {
	const row = await db.upload.findFirst({ where: { id, ...owner } });
	if (!row) throw new Problem(404, 'not_found');
	return row;
}

function ownerOf({ weddingId, accountId, householdId }: Viewer): Owner {
	if (!accountId && !householdId) throw new Problem(403, 'not_allowed');
	return { weddingId, accountId: accountId ?? null, householdId: householdId ?? null };
}

async function newId(): Promise<string> {
	const [row] = await rows<{ id: string }>('upload-id', 'SELECT uuidv7() AS id', []);
	return row!.id;
}
