import { pool, rows } from '../../lib/kernel/db/db.server.ts';

export type Numbers = {
	/** mails by state, and for how many seconds the oldest that is queued has waited */
	mails: Record<string, number>;
	mailOldest: number;
	queues: Queue[];
	recordings: number;
	recordingBytes: number;
	/** what counts for UPLOAD_QUOTA */
	weddings: { wedding: string; bytes: number }[];
	/** for how many seconds the hourly backup has not succeeded; null where there is none */
	backupAge: number | null;
};

type Queue = { name: string; waiting: number; active: number; failed: number; oldest: number };

/** What the database knows of its own work: counts and sums, nothing of anybody. */
export async function read(): Promise<Numbers> {
	const [numbers] = await rows<Numbers>('numbers', READ, []);
	return numbers!;
}

const READ = `
	WITH queues AS (
		SELECT q.name,
			count(*) FILTER (WHERE j.state < 'active') AS waiting,
			count(*) FILTER (WHERE j.state = 'active') AS active,
			count(*) FILTER (WHERE j.state = 'failed') AS failed,
			coalesce(extract(epoch FROM now() - min(j.start_after) FILTER (
				WHERE j.state < 'active' AND j.start_after <= now()
			)), 0) AS oldest
		FROM jobs.queue q LEFT JOIN jobs.job j ON j.name = q.name AND j.state <> 'completed'
		-- pg-boss has queues of its own
		WHERE q.name NOT LIKE '\\_\\_%' GROUP BY q.name
	)
	SELECT
		(
			SELECT json_object_agg(state, (SELECT count(*) FROM delivery d WHERE d.state = each.state))
			FROM unnest(enum_range(NULL::delivery_state)) AS each (state)
		) AS mails,
		coalesce((
			SELECT extract(epoch FROM now() - min(m.send_after)) FROM delivery d JOIN message m ON m.id = d.message_id
			WHERE d.state = 'queued' AND m.send_after <= now() AND m.run_id IS NULL
		), 0)::float8 AS "mailOldest",
		(SELECT coalesce(json_agg(queues), '[]') FROM queues) AS queues,
		(SELECT count(*) FROM recording)::float8 AS recordings,
		(SELECT coalesce(sum(bytes), 0) FROM recording)::float8 AS "recordingBytes",
		(
			SELECT coalesce(json_agg(each), '[]')
			FROM (SELECT wedding_id AS wedding, sum(bytes)::float8 AS bytes FROM stored_file GROUP BY 1) AS each
		) AS weddings,
		(
			SELECT extract(epoch FROM now() - coalesce(
				(SELECT max(completed_on) FROM jobs.job WHERE name = s.name AND state = 'completed'), s.created_on
			))
			FROM jobs.schedule s WHERE s.name = 'ops.backup'
		)::float8 AS "backupAge"`;

export function connections(): { idle: number; busy: number; waiting: number; most: number } {
	const { totalCount, idleCount, waitingCount, options } = pool;
	return { idle: idleCount, busy: totalCount - idleCount, waiting: waitingCount, most: options.max! };
}
