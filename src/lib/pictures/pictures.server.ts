import { rows } from '../kernel/db/db.server.ts';
import { all } from '../kernel/domain.ts';
import { send } from '../kernel/http/send.server.ts';
import { COPIES, FORMATS, type PictureFormat } from '../kernel/media/picture-sizes.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { find } from './drawn.server.ts';

/**
 * One size of a picture, by its name: "960.webp". Throws 404 for those of others, for what was taken away, and for what
 * stands with something that this viewer does not see.
 */
export async function answer(
	viewer: Viewer,
	{ id, name }: { id: string; name: string },
	request: Request
): Promise<Response> {
	permit(viewer, 'pictures:see');
	const copy = COPIES.find((one) => one === name);
	if (!copy || !(await isShown(viewer, id))) throw new Problem(404, 'not_found');
	return send(request, await find(id, copy), {
		mimeType: FORMATS[copy.split('.')[1] as PictureFormat],
		...{ etag: `${id}-${copy}`, name: copy, kind: 'inline', isForEver: true }
	});
}

async function isShown(viewer: Viewer, id: string): Promise<boolean> {
	const mayEdit = may(viewer, 'pictures:edit');
	const [found] = await rows<{ place: string; subjectId: string | null }>(
		'picture-shown',
		`SELECT place, subject_id::text AS "subjectId" FROM picture
		WHERE id = $1::uuid AND wedding_id = $2::uuid AND ($3 OR removed_at IS NULL)`,
		[id, viewer.weddingId, mayEdit]
	);
	if (!found) return false;
	const { place, subjectId } = found;
	if (mayEdit || !subjectId) return true;
	const owner = all().find(({ shows }) => shows?.[place])?.shows;
	return (await owner?.[place]?.(viewer, subjectId)) ?? false;
}
