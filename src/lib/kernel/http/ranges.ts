/** Bytes of a file, both ends included. */
export type Range = { first: number; last: number };

/**
 * What a Range header asks of a file of `size` bytes (RFC 9110, section 14). A header that is malformed, or asks
 * for several ranges, counts as none, as the RFC allows; one past the end cannot be answered.
 */
export function parseRange(header: string | null, size: number): Range | 'whole' | 'past the end' {
	const [, from, to] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? [];
	if (from === undefined || to === undefined || from + to === '') return 'whole';
	const first = from ? Number(from) : Math.max(0, size - Number(to));
	const last = from && to ? Math.min(Number(to), size - 1) : size - 1;
	if (from && to && Number(to) < first) return 'whole';
	return first < size ? { first, last } : 'past the end';
}
