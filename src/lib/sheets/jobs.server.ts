import { before, DAY } from '../kernel/clock.ts';
import { db, now } from '../kernel/db/db.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';

/** As long as somebody may think about what a list would change, and about having taken it in. */
const WAITING_SECONDS = DAY;
const STORED_SECONDS = 30 * DAY;

/** What nobody took in goes, and what nobody took back. */
export const sweeping = {
	name: 'sheets.sweep',
	cron: '17 * * * *',
	async work() {
		const time = await now();
		await db.sheetImport.deleteMany({
			where: {
				OR: [
					{ state: 'waiting', createdAt: { lt: before(WAITING_SECONDS, time) } },
					{ createdAt: { lt: before(STORED_SECONDS, time) } }
				]
			}
		});
	}
} satisfies Queue;
