import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Result, ResultsShown } from './recording.ts';
import type { ResultsForm } from './recording.schema.ts';
import { instantOf } from './shown.server.ts';

export type Settings = { resultsShown: ResultsShown; resultsFrom: Date | null; areCommentsOpen: boolean };

/** Whether guests see the averages, and from when on; whether they may write. */
export async function settings(viewer: Viewer): Promise<Settings> {
	permit(viewer, 'recordings:edit');
	const found = await db.recordingSettings.findUnique({ where: { weddingId: viewer.weddingId } });
	return {
		resultsShown: found?.resultsShown ?? 'never',
		resultsFrom: found?.resultsFrom ?? null,
		areCommentsOpen: found?.areCommentsOpen ?? false
	};
}

export function choose(viewer: Viewer, chosen: ResultsForm): Promise<void> {
	permit(viewer, 'recordings:settings');
	const { weddingId } = viewer;
	const { resultsShown, resultsFrom, areCommentsOpen } = chosen;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const from = resultsShown === 'from' ? await instantOf(weddingId, resultsFrom!, tx) : null;
		const data = { resultsShown, resultsFrom: from, areCommentsOpen };
		const where = { weddingId };
		await tx.recordingSettings.upsert({ where, create: { weddingId, ...data }, update: data });
		const written = { ...data, resultsFrom: from && from.toISOString() };
		await trail.record(viewer, 'recordings.results_chosen', { id: weddingId, ...written }, tx);
	});
}

/** What has stars, by its average, then by how many gave some, then in the couple's order. */
export function ranking(viewer: Viewer): Promise<Result[]> {
	permit(viewer, 'recordings:edit');
	return rows<Result>(
		'results-ranking',
		`SELECT r.id, r.title, avg(s.stars)::float8 AS average, count(*)::int AS scored,
			ARRAY(SELECT count(*) FILTER (WHERE t.stars = n)::int
				FROM generate_series(1, 5) AS n LEFT JOIN score t ON t.recording_id = r.id GROUP BY n ORDER BY n
			) AS counts
		FROM recording r JOIN score s ON s.recording_id = r.id
		WHERE r.wedding_id = $1::uuid
		GROUP BY r.id ORDER BY average DESC, scored DESC, r.position, r.id`,
		[viewer.weddingId]
	);
}
