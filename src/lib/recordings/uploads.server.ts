import * as sessions from '../auth/sessions.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as multipart from '../kernel/files/multipart.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Recording } from './recording.ts';
import { UploadDetails } from './recording.schema.ts';
import * as recordings from './recordings.server.ts';

/**
 * Takes in a form with one file. Who may not, and what is too large for the setting (413) or the disk (507), is
 * refused before its body is read. The file has to be finished: until then it counts as incoming.
 */
export async function receive(viewer: Viewer, request: Request): Promise<multipart.Received> {
	permit(viewer, 'recordings:edit');
	const limitBytes = settings.UPLOAD_LIMIT;
	const announced = Math.min(Number(request.headers.get('content-length')), limitBytes);
	if ((await files.freeBytes()) < announced + files.SPARE_BYTES) throw new Problem(507, 'disk_full');
	return multipart.receive(request, { dir: await files.incomingDir(), limitBytes });
}

/**
 * Makes what was received a recording, or leaves nothing of it. Uploads take minutes: the session, which `secret`
 * opened for `host`, must still hold.
 */
export async function finish(
	viewer: Viewer,
	{ file, fields }: multipart.Received,
	{ secret = '', host }: { secret?: string; host: string }
): Promise<Recording> {
	try {
		permit(viewer, 'recordings:edit');
		const now = (await sessions.find(secret, host))?.viewer ?? {
			role: 'nobody',
			weddingId: viewer.weddingId
		};
		const details = UploadDetails.safeParse(fields);
		if (!details.success) throw new Problem(422, 'upload_details');
		return await recordings.add(now, file, details.data);
	} finally {
		await files.discard(file.path);
	}
}
