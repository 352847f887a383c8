/** As they are stored: one byte each, the loudest of a part. */
export const decode = (base64: string): Uint8Array =>
	Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The loudest of each of `count` equal parts, from 0 to 1, where the loudest of all is 1. */
export function bars(peaks: Uint8Array, count: number): number[] {
	const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 1);
	return Array.from({ length: count }, (_, n) => {
		const from = Math.floor((n * peaks.length) / count);
		const to = Math.max(from + 1, Math.floor(((n + 1) * peaks.length) / count));
		return Math.max(...peaks.subarray(from, to), 0) / loudest;
	});
}

/** As many as a phone can tell apart. */
const BARS = 200;
const [BAR, STEP] = [2, 3];

/** What the outline is drawn in; it is stretched to where it is shown. */
export const [WIDTH, HEIGHT] = [BARS * STEP, 100];

/** Silence is a thin line. */
const LEAST = 3;

/** The bars as a path of SVG. */
export function outline(peaks: Uint8Array): string {
	const draw = (bar: number, n: number) => {
		const tall = Math.max(LEAST, Math.round(bar * HEIGHT));
		return `M${n * STEP} ${(HEIGHT - tall) / 2}h${BAR}v${tall}h-${BAR}z`;
	};
	return bars(peaks, BARS).map(draw).join('');
}
