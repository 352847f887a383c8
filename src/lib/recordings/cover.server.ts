import * as files from '../kernel/files/files.server.ts';
import { send } from '../kernel/http/send.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, type Viewer } from '../kernel/viewer.ts';
import * as recordings from './recordings.server.ts';

/** The picture that a recording's file has in it, for whoever may hear it; 404 to everybody else, as for the sound. */
export async function answer(viewer: Viewer, id: string, request: Request): Promise<Response> {
	const isWelcome = may(viewer, 'recordings:listen');
	if (!isWelcome) throw new Problem(404, 'recording_unknown');
	const { title, hasCover } = await recordings.get(viewer, id);
	if (!hasCover) throw new Problem(404, 'recording_unknown');
	const picture = await files.findCopy(id, 'cover.jpg');
	return send(request, picture, {
		mimeType: 'image/jpeg',
		// it may be made anew
		etag: `${id}-${picture.bytes}-${picture.modifiedAt.getTime().toString(36)}`,
		name: `${title}.jpg`,
		kind: 'inline'
	});
}
