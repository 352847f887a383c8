import * as files from '../kernel/files/files.server.ts';
import { type Details, send } from '../kernel/http/send.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as recordings from './recordings.server.ts';

/** The picture of a recording, for whoever may hear it; 404 to everybody else, as for the sound. */
export async function answer(viewer: Viewer, id: string, request: Request): Promise<Response> {
	const isWelcome = may(viewer, 'recordings:listen');
	if (!isWelcome) throw new Problem(404, 'recording_unknown');
	const { file, details } = await find(viewer, id);
	return send(request, file, details);
}

/** The couple's own picture, else the one in its file. Throws 404. */
export async function find(viewer: Viewer, id: string): Promise<{ file: files.Stored; details: Details }> {
	permit(viewer, 'recordings:listen');
	const recording = await recordings.get(viewer, id);
	if (!recording.hasCover) throw new Problem(404, 'recording_unknown');
	const file = await read(recording);
	const details: Details = {
		mimeType: 'image/jpeg',
		// it may be another one, or made anew
		etag: `${recording.coverId ?? id}-${file.bytes}-${file.modifiedAt.getTime().toString(36)}`,
		name: `${recording.title}.jpg`,
		kind: 'inline'
	};
	return { file, details };
}

/** The file itself, of a recording that has one. Throws 404. */
export function read({ id, coverId }: { id: string; coverId: string | null }): Promise<files.Stored> {
	return coverId ? files.find(coverId, OWN_FORMAT) : files.findCopy(id, 'cover.jpg');
}

/** What the couple's own picture is kept as. */
export const OWN_FORMAT = 'jpg';
