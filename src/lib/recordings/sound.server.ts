import { rows } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { type Details, send } from '../kernel/http/send.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { SHOWN } from './shown.server.ts';
import { ORIGINAL } from './recording.ts';

/**
 * What is played of a recording or, with `original=1`, what was uploaded, to be saved under the name it came with. To a
 * stranger it says 404, as to a guest of another wedding: whether something is here is nobody else's business.
 */
export async function answer(viewer: Viewer, id: string, request: Request): Promise<Response> {
	const isWelcome = may(viewer, 'recordings:listen');
	if (!isWelcome) throw new Problem(404, 'recording_unknown');
	const asked = new URL(request.url).searchParams;
	const version = asked.get('original') === '1' ? 'original' : asked.get('v') === ORIGINAL ? 'first' : 'copy';
	const { file, details } = await find(viewer, id, version);
	return send(request, file, details);
}

/**
 * The file that is sent, and what is said of it: the `original` to keep; the `copy` that is played, where there is one;
 * or for whoever began before there was one, the `first`. Throws 404.
 */
export async function find(
	viewer: Viewer,
	id: string,
	version: 'original' | 'copy' | 'first'
): Promise<{ file: files.Stored; details: Details }> {
	permit(viewer, 'recordings:listen');
	const sound = await look({ viewer, id });
	if (!sound) throw new Problem(404, 'recording_unknown');
	const { format, mimeType, bytes, originalName, plays, playbackBytes } = sound;
	if (version === 'original' || !playbackBytes || (plays && version === 'first')) {
		const details: Details = {
			mimeType,
			// a recording's bytes never change, and its SHA-256 is only known some time after it can be heard
			etag: `${id}-${bytes}`,
			name: originalName,
			kind: version === 'original' ? 'attachment' : 'inline'
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

type Sound = {
	id: string;
	/** for this guest too */
	isShown: boolean;
	format: string;
	mimeType: string;
	plays: boolean;
	bytes: number;
	originalName: string;
	playbackBytes: number | null;
};

/**
 * What there is to hear, for all who ask at once: a listener asks for one piece after the other. Of the recording's
 * page (its neighbours, its peaks) it reads nothing.
 */
const look = together(async (asked: { viewer: Viewer; id: string }[]): Promise<(Sound | undefined)[]> => {
	const found = await rows<Sound & { n: number }>(
		'recordings-sound',
		`SELECT n::int, id, ${SHOWN} AS "isShown", format,
			mime_type AS "mimeType", plays, bytes::float8 AS bytes, original_name AS "originalName",
			playback_bytes::float8 AS "playbackBytes"
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS asking(wedding, wanted, listener, n)
		JOIN recording ON id = wanted AND wedding_id = wedding`,
		[
			asked.map(({ viewer }) => viewer.weddingId),
			asked.map(({ id }) => id),
			asked.map(({ viewer }) => viewer.householdId ?? null)
		]
	);
	const byPlace = new Map(found.map((sound) => [sound.n - 1, sound]));
	return asked.map(({ viewer }, place) => {
		const sound = byPlace.get(place);
		return sound?.isShown || may(viewer, 'recordings:edit') ? sound : undefined;
	});
});
