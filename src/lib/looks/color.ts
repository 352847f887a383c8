/* Colours as people see them: lightness, strength and hue (OKLCH, Björn Ottosson), and contrast (WCAG 2). */

/** `lightness` and `chroma` from 0 to 1, `hue` in radians. */
export type Oklch = { lightness: number; chroma: number; hue: number };

type Triple = [number, number, number];

export const isColor = (text: string) => /^#[\da-f]{6}$/i.test(text);

export function toOklch(color: string): Oklch {
	const [r, g, b] = toLinear(color);
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
	const one = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
	const other = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
	return { lightness, chroma: Math.hypot(one, other), hue: Math.atan2(other, one) };
}

/** The strongest of this lightness and hue, up to `chroma`, that a screen has. */
export function toHex({ lightness, chroma, hue }: Oklch): string {
	for (let rest = chroma; ; rest = Math.max(0, rest - 0.004)) {
		const linear = fromOklch({ lightness, chroma: rest, hue });
		if (rest === 0 || linear.every((part) => part >= -0.0005 && part <= 1.0005)) return write(linear);
	}
}

/** From 1 to 21. */
export function contrast(one: string, other: string): number {
	const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
	const [r, g, b] = toLinear(color);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function toLinear(color: string): Triple {
	const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
	return parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Triple;
}

function fromOklch({ lightness, chroma, hue }: Oklch): Triple {
	const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
	];
}

function write(linear: Triple): string {
	const parts = linear.map((part) => {
		const kept = Math.min(1, Math.max(0, part));
		return kept <= 0.0031308 ? kept * 12.92 : 1.055 * kept ** (1 / 2.4) - 0.055;
	});
	return `#${parts
		.map((part) =>
			Math.round(part * 255)
				.toString(16)
				.padStart(2, '0')
		)
		.join('')}`;
}
