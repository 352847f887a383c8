import * as files from '../kernel/files/files.server.ts';
import { send } from '../kernel/http/send.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, type Viewer } from '../kernel/viewer.ts';
import * as voices from './voices.server.ts';

/** What is played of a message, the original until that is made. To a stranger it says 404. */
export async function play(viewer: Viewer, id: string, request: Request): Promise<Response> {
	if (!may(viewer, 'guestbook:listen')) throw new Problem(404, 'voice_unknown');
	const { format, mimeType, bytes, originalName, playbackBytes } = await voices.get(viewer, id);
	const kind = 'inline' as const;
	if (!playbackBytes) {
		const file = await files.find(id, format);
		return send(request, file, { mimeType, etag: `${id}-${bytes}`, name: originalName, kind });
	}
	const copy = await files.findCopy(id, 'playback.m4a');
	const etag = `${id}-${copy.bytes}-${copy.modifiedAt.getTime().toString(36)}`;
	return send(request, copy, { mimeType: 'audio/mp4', etag, name: `${id}.m4a`, kind });
}
