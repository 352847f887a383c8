import { db } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** The couple was asked about a recording that is the same file as another one, and wants both. */
export async function keep(viewer: Viewer, recordingId: string): Promise<void> {
	permit(viewer, 'recordings:edit');
	const where = { id: recordingId, weddingId: viewer.weddingId };
	await db.recording.updateMany({ where, data: { isCopyWanted: true } });
}
