import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Mailing } from './mailing.ts';
import type { Progress } from './progress.ts';

/** How far the runs of these are, by the ids of the runs. */
export async function find(viewer: Viewer, of: Pick<Mailing, 'runId'>[]): Promise<Map<string, Progress>> {
	permit(viewer, 'mail:send');
	const runs = of.map(({ runId }) => runId).filter(Boolean);
	if (runs.length === 0) return new Map();
	const found = await rows<Progress & { runId: string }>(
		'mailings-progress',
		`SELECT m.run_id AS "runId", count(*)::int AS all, count(*) FILTER (WHERE d.state <= 'sending')::int AS waiting,
			count(*) FILTER (WHERE d.state IN ('unsure', 'skipped', 'failed', 'bounced', 'complained'))::int AS lost
		FROM message m JOIN delivery d ON d.message_id = m.id
		WHERE m.wedding_id = $1::uuid AND m.run_id = ANY($2::uuid[]) GROUP BY m.run_id`,
		[viewer.weddingId, runs]
	);
	return new Map(found.map(({ runId, ...progress }) => [runId, progress]));
}
