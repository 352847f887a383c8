import { rows, type Tx } from '../kernel/db/db.server.ts';

/** Which recordings guests have at all. Who of them has which is for SHOWN, or for `isFor` beside this one, to say. */
export const OUT = `(NOT is_hidden AND state = 'ready' AND coalesce(visible_from <= now(), true))`;

/*
 * Which recordings a guest has: every query for one of them goes by this condition. It stands where a recording's
 * columns can be named without its table, and where `listener` is the household that asks, or null.
 */
export const SHOWN = `(${OUT} AND (only_for = '{}' OR EXISTS (
	SELECT FROM household_tag WHERE household_id = listener AND tag_id = ANY (only_for)
)))`;

/** The same as SHOWN says of groups, where one query is for the households of many: `tags` are those of one of them. */
export function isFor(onlyFor: string[], tags: string[] = []): boolean {
	return onlyFor.length === 0 || onlyFor.some((tag) => tags.includes(tag));
}

/** Changes with whatever the couple can type, and with nothing else: processing goes on while a form is open. */
export const VERSION = `md5(json_build_array(
	title, moment, speaker, recorded_on, is_hidden, extract(epoch FROM visible_from), transcript, only_for
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
