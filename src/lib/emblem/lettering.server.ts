import { canSet, type Face, openFace, split } from '../cards/faces.server.ts';

/** A line of letters as one path of an SVG, which begins at 0 0, on its base line. */
export type Lettering = { path: string; width: number };

/** In the site's own typefaces: a server may have none. Null for what they have no letters of. */
export function letter(text: string, face: Face, size: number): Lettering | null {
	const runs = canSet(text) ? split(text, face) : null;
	if (!runs) return null;
	let width = 0;
	const path: string[] = [];
	for (const { text, file } of runs) {
		const font = openFace(file);
		const scale = size / font.unitsPerEm;
		const { glyphs, positions } = font.layout(text);
		for (const [n, glyph] of glyphs.entries()) {
			path.push(glyph.path.scale(scale, -scale).translate(width, 0).toSVG());
			width += positions[n]!.xAdvance * scale;
		}
	}
	return { path: path.join(''), width };
}

/** In as few lines as let it be large: `size` is what fits into this width and height. */
export function fit(
	text: string,
	face: Face,
	room: { width: number; height: number; largest: number }
): { lines: Lettering[]; size: number } | null {
	const words = text.trim().split(/\s+/);
	const tries = [1, 2, 3, 4].flatMap((count) => {
		const lines = breakInto(words, count).map((line) => letter(line, face, 100));
		if (lines.some((line) => !line)) return [];
		const widest = Math.max(...lines.map((line) => line!.width));
		const size = Math.min(
			room.largest,
			(100 * room.width) / widest,
			room.height / (lines.length * LINE_HEIGHT)
		);
		return [{ count, size }];
	});
	const best = tries.toSorted((one, other) => other.size - one.size)[0];
	if (!best) return null;
	const lines = breakInto(words, best.count).map((line) => letter(line, face, best.size)!);
	return { lines, size: best.size };
}

/** Of one line to the next, in sizes. */
export const LINE_HEIGHT = 1.14;

/** Into at most so many lines of about the same length; "&" begins one rather than ending it. */
function breakInto(words: string[], count: number): string[] {
	const length = words.join(' ').length / count;
	const lines: string[] = [''];
	for (const word of words) {
		const line = lines.at(-1)!;
		const isFull = line && line.length + word.length / 2 > length && lines.length < count;
		if (isFull && !/^[&+]$/.test(line)) lines.push(word);
		else lines[lines.length - 1] = line ? `${line} ${word}` : word;
	}
	return lines;
}
