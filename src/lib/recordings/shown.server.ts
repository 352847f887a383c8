import { rows, type Tx } from '../kernel/db/db.server.ts';

/*
 * Which recordings guests have: every query for a guest goes by this one condition. It stands where a recording's
 * columns can be named without its table.
 */
export const SHOWN = `(NOT is_hidden AND state = 'ready' AND coalesce(visible_from <= now(), true))`;

/** Changes with whatever the couple can type, and with nothing else: processing goes on while a form is open. */
export const VERSION = `md5(json_build_array(
	title, moment, speaker, recorded_on, is_hidden, extract(epoch FROM visible_from), transcript
)::text)`;

/** The instant at which a clock at the wedding shows this; in the hour that summer time skips, the same one later. */
export async function instantOf(weddingId: string, wallTime: string, tx: Tx): Promise<Date> {
	const [found] = await rows<{ at: Date }>(
		'recordings-instant',
		'SELECT $2::text::timestamp AT TIME ZONE time_zone AS at FROM wedding WHERE id = $1::uuid',
		[weddingId, wallTime],
		tx
	);
	return found!.at;
}
