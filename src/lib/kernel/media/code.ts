import { encode } from 'uqr';

/** A QR code as one path, a unit a square. */
export type Code = { path: string; size: number };

/**
 * Dark squares that touch in a row are one: a third of the path. With the quiet edge that readers need, and enough spare
 * for a card that lay in a bag.
 */
export function drawCode(text: string): Code {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	const rows = data.flatMap((row, y) => {
		const dark = row.map((isDark) => (isDark ? '#' : ' ')).join('');
		return [...dark.matchAll(/#+/g)].map(
			({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`
		);
	});
	return { path: rows.join(''), size };
}
