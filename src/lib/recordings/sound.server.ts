import * as files from '../kernel/files/files.server.ts';
import { Problem } from '../kernel/problem.ts';
import { send } from '../kernel/http/send.server.ts';
import { may, type Viewer } from '../kernel/viewer.ts';
import * as recordings from './recordings.server.ts';

/**
 * What is played of a recording or, as `original`, what was uploaded, to be saved under the name it came with. To a stranger
 * it says 404, as to a guest of another wedding: whether something is here is nobody else's business.
 */
export async function answer(
	viewer: Viewer,
	id: string,
	request: Request,
	original: boolean
): Promise<Response> {
	const isWelcome = may(viewer, 'recordings:listen');
	if (!isWelcome) throw new Problem(404, 'recording_unknown');
	const { format, mimeType, bytes, originalName, playbackBytes } = await recordings.get(viewer, id);
	if (original || !playbackBytes)
		return send(request, await files.find(id, format), {
			mimeType,
			// a recording's bytes never change, and its SHA-256 is only known some time after it can be heard
			etag: `${id}-${bytes}`,
			name: originalName,
			kind: original ? 'attachment' : 'inline'
		});
	const copy = await files.findCopy(id, 'playback.m4a');
	return send(request, copy, {
		mimeType: 'audio/mp4',
		// it may be made anew
		etag: `${id}-${copy.bytes}-${copy.modifiedAt.getTime().toString(36)}`,
		name: `${originalName.replace(/\.[^.]*$/, '')}.m4a`,
		kind: 'inline'
	});
}
