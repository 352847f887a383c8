/** The blocks that Unicode keeps for scripts from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name that is read from right to left would turn the words and numbers beside it around: in text it stands between
 * two signs that nobody sees (Unicode's first strong isolate), on a page in `<bdi>`.
 */
export function isolated<Filling>(filling: Filling): Filling | string {
	return typeof filling === 'string' && RIGHT_TO_LEFT.test(filling) ? `\u2068${filling}\u2069` : filling;
}
