import { contrast, isColor, type Oklch, toHex, toOklch } from './color.ts';
import type { Palette } from './palettes.ts';

/** One colour in the light and in the dark; the strong one is for what lies under the pointer. */
export type Accent = { light: string; strong: string; dark: string; darkStrong: string };

/** What was done to a colour, and what came of it: null where it cannot be read, or is none. */
export type Fitted = { accent: Accent | null; nudge: Nudge };
export type Nudge = 'none' | 'darker' | 'much_darker' | 'pale' | 'invalid';

/** Of text (WCAG 2.2, 1.4.3): links on paper and on a panel, and the words on a button, which have the paper's colour. */
const ENOUGH = 4.5;
const STEP = 0.005;
/** In the dark a deep colour is lifted at least to here, as the house's own is: below it glares or drowns. */
const DARK_LIGHTNESS = 0.76;
/** Nearly white or grey, and so far from what can be read that nothing of it would be left. */
const PALE = { chroma: 0.03, distance: 0.3 };
/** More than this everybody sees. */
const MUCH = 0.16;

/** The same hue on this paper, as much darker or lighter as it takes for everybody to read it. */
export function fit(color: string, { light, dark }: Palette): Fitted {
	if (!isColor(color)) return { accent: null, nudge: 'invalid' };
	const chosen = toOklch(color.toLowerCase());
	const onLight = nudge(chosen, [light.paper, light.wash], -STEP);
	const distance = chosen.lightness - onLight.lightness;
	if (chosen.chroma < PALE.chroma && distance > PALE.distance) return { accent: null, nudge: 'pale' };
	const lifted = { ...chosen, lightness: Math.max(chosen.lightness, DARK_LIGHTNESS) };
	const onDark = nudge({ ...lifted, chroma: Math.min(chosen.chroma, 0.15) }, [dark.paper, dark.wash], STEP);
	return {
		accent: {
			light: distance === 0 ? color.toLowerCase() : toHex(onLight),
			strong: toHex(move(onLight, -0.1)),
			dark: toHex(onDark),
			darkStrong: toHex(move(onDark, 0.07))
		},
		nudge: distance === 0 ? 'none' : distance > MUCH ? 'much_darker' : 'darker'
	};
}

function nudge(color: Oklch, grounds: string[], step: number): Oklch {
	let nudged = color;
	const isRead = () => grounds.every((ground) => contrast(toHex(nudged), ground) >= ENOUGH);
	while (!isRead() && nudged.lightness > 0 && nudged.lightness < 1) nudged = move(nudged, step);
	return nudged;
}

const move = (color: Oklch, by: number): Oklch => ({
	...color,
	lightness: Math.min(1, Math.max(0, color.lightness + by))
});
