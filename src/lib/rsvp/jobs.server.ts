import { db, rows, transaction } from '../kernel/db/db.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import * as offers from './offers.server.ts';

/** Offers that nobody took in time go to whoever is next. */
export const settling = {
	name: 'rsvp.settle',
	cron: '* * * * *',
	async work() {
		const text = 'SELECT DISTINCT wedding_id AS id FROM wait ORDER BY wedding_id';
		for (const { id } of await rows<{ id: string }>('weddings-waiting', text, [], db))
			await transaction((tx) => offers.settleAll(id, tx));
	}
} satisfies Queue;
