/** As many as one tells apart on a phone. */
const BARS = 160;

/** What a recording looks like, from its peaks in base64; nothing where there are none yet. */
export function drawWaveform(peaks: string | null): string {
	const levels = Buffer.from(peaks ?? '', 'base64');
	if (levels.length === 0) return '';
	const count = Math.min(BARS, levels.length);
	const bars = Array.from({ length: count }, (_, bar) => {
		const part = levels.subarray((bar * levels.length) / count, ((bar + 1) * levels.length) / count);
		const half = Math.max(1, Math.round(Math.max(...part) / 5.4));
		return `M${bar * 4 + 2} ${48 - half}v${2 * half}`;
	});
	return (
		`<svg viewBox="0 0 ${count * 4} 96" preserveAspectRatio="none" aria-hidden="true">` +
		`<path d="${bars.join('')}"/></svg>`
	);
}
