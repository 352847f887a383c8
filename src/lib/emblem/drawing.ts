/** The stationery's own colours. */
export const COLOURS = { paper: '#fbf8f3', ink: '#2b2622', soft: '#665d54', accent: '#526b52' } as const;

export type Path = { path: string; x: number; y: number; colour: string };

/** An SVG of these paths on paper. */
export function draw({ width, height }: { width: number; height: number }, paths: Path[]): string {
	const drawn = paths.map(
		({ path, x, y, colour }) => `<path fill="${colour}" transform="translate(${x} ${y})" d="${path}"/>`
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${COLOURS.paper}"/>${drawn.join('')}</svg>`;
}
