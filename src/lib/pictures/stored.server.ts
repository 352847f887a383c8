import { randomUUID } from 'node:crypto';
import * as trail from '../audit/trail.server.ts';
import { transaction, type Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as multipart from '../kernel/files/multipart.server.ts';
import { ORIGINAL } from '../kernel/media/picture-sizes.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as quota from '../recordings/quota.server.ts';
import * as uploads from '../recordings/uploads.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as drawn from './drawn.server.ts';

/** A photograph of a good camera. */
export const LIMIT_BYTES = 20 * 2 ** 20;

/** Of one that was taken away: whether it can still be put back. */
export const RESTORABLE = `(removed_at > now() - interval '1 day')`;

/** What a page needs to show one. */
export const COLUMNS = 'id, width, height, first_look AS "firstLook", focus, alt';

/** Takes in a form with a picture, for `put` to do something with. Nothing of what was sent stays. */
export async function receive(
	viewer: Viewer,
	request: Request,
	put: (path: string, fields: Record<string, string>) => Promise<void>
): Promise<void> {
	permit(viewer, 'pictures:edit');
	await uploads.expectRoom(LIMIT_BYTES);
	const { file, fields } = await multipart.receive(request, {
		dir: await files.incomingDir(),
		limitBytes: LIMIT_BYTES
	});
	await put(file.path, fields).finally(() => files.discard(file.path));
}

/** What is known of a picture that has been drawn. */
type New = {
	id: string;
	weddingId: string;
	width: number;
	height: number;
	firstLook: string;
	bytes: number;
	sha256: Uint8Array<ArrayBuffer>;
};

/** Draws a picture anew and lets `add` give it its place, once there is room for it. Throws 413 and 415. */
export async function put(
	viewer: Viewer,
	path: string,
	add: (picture: New, tx: Tx) => Promise<void>
): Promise<string> {
	permit(viewer, 'pictures:edit');
	const [id, { weddingId }] = [randomUUID(), viewer];
	try {
		const { width, height, firstLook } = await drawn.keep(path, id);
		const { bytes } = await files.find(id, ORIGINAL);
		const sha256 = Buffer.from(await files.sha256(id, ORIGINAL), 'hex');
		await transaction(async (tx) => {
			await weddings.hold(weddingId, tx);
			await quota.check(weddingId, { bytes }, tx);
			await add({ id, weddingId, width, height, firstLook, bytes, sha256 }, tx);
			await trail.record(viewer, 'picture.put', { id }, tx);
		});
		await quota.warn(weddingId, bytes);
		return id;
	} catch (error) {
		// of a commit whose answer was lost nobody knows: without a row it is swept
		if (error instanceof Problem) await files.remove(id);
		throw error;
	}
}
