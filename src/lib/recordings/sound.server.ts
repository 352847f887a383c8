import * as files from '../kernel/files/files.server.ts';
import { Problem } from '../kernel/problem.ts';
import { type Details, send } from '../kernel/http/send.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
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
	const { file, details } = await find(viewer, id, original);
	return send(request, file, details);
}

/** The file that is sent, and what is said of it. */
export async function find(
	viewer: Viewer,
	id: string,
	original: boolean
): Promise<{ file: files.Stored; details: Details }> {
	permit(viewer, 'recordings:listen');
	const { format, mimeType, bytes, originalName, playbackBytes } = await recordings.get(viewer, id);
	if (original || !playbackBytes) {
		const details: Details = {
			mimeType,
			// a recording's bytes never change, and its SHA-256 is only known some time after it can be heard
			etag: `${id}-${bytes}`,
			name: originalName,
			kind: original ? 'attachment' : 'inline'
		};
		return { file: await files.find(id, format), details };
	}
	const copy = await files.findCopy(id, 'playback.m4a');
	const details: Details = {
		mimeType: 'audio/mp4',
		// it may be made anew
		etag: `${id}-${copy.bytes}-${copy.modifiedAt.getTime().toString(36)}`,
		name: `${originalName.replace(/\.[^.]*$/, '')}.m4a`,
		kind: 'inline'
	};
	return { file: copy, details };
}
