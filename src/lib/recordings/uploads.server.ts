import * as sessions from '../auth/sessions.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as multipart from '../kernel/files/multipart.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Recording } from './recording.ts';
import { UploadDetails } from './recording.schema.ts';
import * as quota from './quota.server.ts';
import * as recordings from './recordings.server.ts';

/** What opens the session of whoever sends something, and where. */
export type SessionKey = { secret?: string; host: string };

/**
 * Takes in a form with one file. Who may not, and what is too large for the setting (413), the wedding (413) or the
 * disk (507), is refused before its body is read. The file has to be finished: until then it counts as incoming.
 */
export async function receive(viewer: Viewer, request: Request): Promise<multipart.Received> {
	permit(viewer, 'recordings:edit');
	const limitBytes = settings.UPLOAD_LIMIT;
	const announced = Math.min(Number(request.headers.get('content-length')), limitBytes);
	await expectRoom(announced);
	await quota.check(viewer.weddingId, { bytes: announced });
	return multipart.receive(request, { dir: await files.incomingDir(), limitBytes });
}

/** Throws 507 when the disk would be too full with so many bytes more. */
export async function expectRoom(bytes: number): Promise<void> {
	if ((await files.freeBytes()) < bytes + files.SPARE_BYTES) throw new Problem(507, 'disk_full');
}

export function refuseTooLarge(bytes: number, most = settings.UPLOAD_LIMIT): void {
	if (bytes > most) throw new Problem(413, 'upload_too_large', { megabytes: Math.floor(most / 2 ** 20) });
}

/** Makes what was received a recording, as `store` does, or leaves nothing of it. */
export async function finish(
	viewer: Viewer,
	received: multipart.Received,
	session: SessionKey
): Promise<Recording> {
	try {
		permit(viewer, 'recordings:edit');
		return await store(viewer, received, session);
	} finally {
		await files.discard(received.file.path);
	}
}

/** Makes a file a recording. Uploads take minutes: the session, which `secret` opened for `host`, must still hold. */
export async function store(
	viewer: Viewer,
	{ file, fields }: multipart.Received,
	{ secret = '', host }: SessionKey
): Promise<Recording> {
	permit(viewer, 'recordings:edit');
	const now = (await sessions.find(secret, host))?.viewer ?? {
		role: 'nobody',
		weddingId: viewer.weddingId
	};
	const details = UploadDetails.safeParse(fields);
	if (!details.success) throw new Problem(422, 'upload_details');
	const recording = await recordings.add(now, file, details.data);
	await quota.warn(viewer.weddingId, recording.bytes);
	return recording;
}
