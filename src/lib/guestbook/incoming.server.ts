import * as sessions from '../auth/sessions.server.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as multipart from '../kernel/files/multipart.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Purpose } from '../recordings/purpose.ts';
import * as quota from '../recordings/quota.server.ts';
import * as uploads from '../recordings/uploads.server.ts';
import { VoiceDetails } from './voice.schema.ts';
import * as voices from './voices.server.ts';

/** Ten minutes of uncompressed sound, as some recorders write it. */
export const limitBytes = () => Math.min(settings.UPLOAD_LIMIT, 100 * 2 ** 20);

/** A form with one file, from a browser without our script. The file has to be finished. */
export async function receive(viewer: Viewer, request: Request): Promise<multipart.Received> {
	permit(viewer, 'guestbook:speak');
	const announced = Math.min(Number(request.headers.get('content-length')), limitBytes());
	await uploads.expectRoom(announced);
	await quota.check(viewer.weddingId, { bytes: announced });
	return multipart.receive(request, { dir: await files.incomingDir(), limitBytes: limitBytes() });
}

/** Makes what was received a message, or leaves nothing of it. */
export async function finish(
	viewer: Viewer,
	received: multipart.Received,
	session: uploads.SessionKey
): Promise<void> {
	permit(viewer, 'guestbook:speak');
	await store(viewer, received, session).finally(() => files.discard(received.file.path));
}

async function store(
	{ weddingId }: Viewer,
	{ file, fields }: multipart.Received,
	{ secret = '', host }: uploads.SessionKey
) {
	// who was taken off the list meanwhile says nothing more
	const now = (await sessions.find(secret, host))?.viewer ?? { role: 'nobody' as const, weddingId };
	const { speaker, uploadKey } = parse(fields);
	const id = await voices.add(now, file, { speaker, uploadKey });
	return { id, title: speaker };
}

function parse(fields: Record<string, string>): VoiceDetails {
	const { data } = VoiceDetails.safeParse({ ...fields, uploadKey: fields.voiceKey });
	if (!data) throw new Problem(422, 'voice_details');
	return data;
}

/** For uploads in pieces. */
export const purpose: Purpose = {
	path: '/api/uploads/voices',
	right: 'guestbook:speak',
	limitBytes,
	refuse: (details) => void parse(details),
	async findStored({ weddingId, householdId, metadata }) {
		const { voiceKey: uploadKey } = metadata as { voiceKey?: string };
		if (!uploadKey || !householdId) return undefined;
		const found = await db.voice.findFirst({ where: { weddingId, householdId, uploadKey } });
		return found ? { id: found.id, title: found.speaker } : undefined;
	},
	store,
	addressOf: () => '/guestbook'
};
