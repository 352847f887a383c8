import { rows } from '../kernel/db/db.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { RESTORABLE } from './plans.server.ts';
import * as solving from './solving.server.ts';

/** Plans that were removed go for good once they cannot be put back any more, and seats that nobody has taken. */
export const tidying: Queue<'tables.tidy'> = {
	name: 'tables.tidy',
	cron: '41 4 * * *',
	work: tidy
};

export async function tidy(): Promise<void> {
	await rows('plans-gone', `DELETE FROM plan WHERE removed_at IS NOT NULL AND NOT ${RESTORABLE}`, []);
	await solving.forget();
}
