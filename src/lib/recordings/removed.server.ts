import * as trail from '../audit/trail.server.ts';
import { transaction } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import type { Back } from '../removals/removed.ts';
import { arrange, hold } from './order.server.ts';

type Row = { id: string; moment: string; position: number; state: string };

/** A recording in its place, with its stars and comments. Throws 409 when it is too late. */
export function restore(viewer: Viewer, removalId: string): Promise<Back> {
	permit(viewer, 'recordings:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const order = await hold(weddingId, tx);
		const kept = await removals.take(weddingId, removalId, ['recording'], tx);
		const back = await removals.restore(kept, tx);
		const [{ id, moment, position, state }] = kept.rows.recording as [Row];
		await arrange(weddingId, order.toSpliced(position - 1, 0, { id, moment }), tx);
		if (state === 'waiting' || state === 'processing') {
			await tx.recording.update({ where: { id, weddingId }, data: { state: 'waiting' } });
			await jobs.add('recordings.process', [{ recordingId: id }], {}, tx);
		}
		await jobs.add('recordings.fingerprint', [{ recordingId: id }], {}, tx);
		await trail.record(viewer, 'recording.restored', { id }, tx);
		return back;
	});
}
