import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as trail from '../audit/trail.server.ts';
import { transaction } from '../kernel/db/db.server.ts';
import { settle } from '../kernel/files/disk-file.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as multipart from '../kernel/files/multipart.server.ts';
import { FOLDER_MODE } from '../kernel/files/stored.ts';
import { draw } from '../kernel/media/pictures.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { OWN_FORMAT } from './cover.server.ts';
import * as quota from './quota.server.ts';
import * as recordings from './recordings.server.ts';
import * as uploads from './uploads.server.ts';

/** A photograph of a good camera. */
export const LIMIT_BYTES = 20 * 2 ** 20;

/** Takes in a form with a picture, and makes it that of this recording. Nothing of what was sent stays. */
export async function receive(viewer: Viewer, id: string, request: Request): Promise<void> {
	permit(viewer, 'recordings:edit');
	await recordings.get(viewer, id);
	await uploads.expectRoom(LIMIT_BYTES);
	const { file } = await multipart.receive(request, {
		dir: await files.incomingDir(),
		limitBytes: LIMIT_BYTES
	});
	await put(viewer, id, file.path).finally(() => files.discard(file.path));
}

/** As large as a phone's lock screen shows it. */
const MOST_POINTS = 1200;

/** Draws a picture anew and makes it the cover, in place of the one there was. Throws 404, 413 and 415. */
export async function put(viewer: Viewer, id: string, path: string): Promise<void> {
	permit(viewer, 'recordings:edit');
	const folder = `${path}.drawn`;
	await mkdir(folder, { mode: FOLDER_MODE });
	try {
		await draw(path, folder, { mostPoints: MOST_POINTS });
		const drawn = await settle(join(folder, `original.${OWN_FORMAT}`));
		const { size: bytes } = await stat(drawn);
		await quota.check(viewer.weddingId, { bytes });
		const coverId = randomUUID();
		await files.keep(drawn, coverId, OWN_FORMAT);
		const sha256 = Buffer.from(await files.sha256(coverId, OWN_FORMAT), 'hex');
		await change(viewer, id, { coverId, coverBytes: bytes, coverSha256: sha256, isCoverHidden: false });
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Takes the couple's own picture away, and then the one that the file has in it. */
export function remove(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'recordings:edit');
	return change(viewer, id, { coverId: null, coverBytes: null, coverSha256: null });
}

type Own = {
	coverId: string | null;
	coverBytes: number | null;
	coverSha256: Uint8Array<ArrayBuffer> | null;
	isCoverHidden?: boolean;
};

async function change(viewer: Viewer, id: string, own: Own): Promise<void> {
	const { weddingId } = viewer;
	const before = await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const { coverId, hasCover } = await recordings.get(viewer, id, tx);
		if (!own.coverId && !hasCover) return null;
		const isCoverHidden = own.isCoverHidden ?? (coverId ? undefined : true);
		await tx.recording.update({ where: { id, weddingId }, data: { ...own, isCoverHidden } });
		const action = own.coverId ? 'recording.cover_put' : 'recording.cover_removed';
		await trail.record(viewer, action, { id }, tx);
		return coverId;
	});
	if (before) await files.remove(before);
}
