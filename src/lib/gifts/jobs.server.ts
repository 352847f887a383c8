import { rows } from '../kernel/db/db.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';

/** Gifts that were removed go for good after a day; those that somebody brings stay for whoever looks what it was. */
export const tidying: Queue<'gifts.tidy'> = {
	name: 'gifts.tidy',
	cron: '24 * * * *',
	runsAtStart: true,
	work: tidy
};

export async function tidy(): Promise<void> {
	await rows(
		'gifts-tidy',
		`DELETE FROM gift g WHERE removed_at < now() - interval '1 day'
			AND NOT EXISTS (SELECT FROM gift_taking WHERE gift_id = g.id)`,
		[]
	);
}
