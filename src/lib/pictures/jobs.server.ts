import { db, rows } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { RESTORABLE } from './stored.server.ts';

/** Pictures that were taken away go for good once they cannot be put back any more. */
export const tidying: Queue<'pictures.tidy'> = {
	name: 'pictures.tidy',
	cron: '23 * * * *',
	runsAtStart: true,
	work: tidy
};

export async function tidy(): Promise<void> {
	const gone = `SELECT id FROM picture WHERE removed_at IS NOT NULL AND NOT ${RESTORABLE}`;
	for (const { id } of await rows<{ id: string }>('pictures-gone', gone, [])) {
		// one that was put back meanwhile stays
		const { count } = await db.picture.deleteMany({ where: { id, removedAt: { not: null } } });
		if (count) await files.remove(id);
	}
}
