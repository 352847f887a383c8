import { type Accent, fit, type Fitted } from './accent.ts';
import { PALETTES } from './palettes.ts';

/** The first is what a wedding has that chose none. */
export const THEMES = ['paper', 'grotesque', 'botanical', 'deco', 'calligraphy', 'garden'] as const;
export type Theme = (typeof THEMES)[number];

/** What the couple chose. Without an accent it is the theme’s own. */
export type Look = { theme: Theme; accent: string | null };

export const USUAL: Look = { theme: 'paper', accent: null };

export const isTheme = (name: unknown): name is Theme => THEMES.includes(name as Theme);

/** As it is stored or asked for; a newer release may have themes that this one does not know. */
export function readLook(stored: { theme: string; accent: string | null } | null | undefined): Look {
	return stored && isTheme(stored.theme) ? { theme: stored.theme, accent: stored.accent } : USUAL;
}

/** "deco-8a6a1f", or "deco" with its own accent: for an address. */
export const nameLook = ({ theme, accent }: Look) => theme + (accent ? `-${accent.slice(1)}` : '');

/** Null for what is no name of a look. */
export function parseLook(name: string | null): Look | null {
	const [, theme, color] = /^([a-z]+)(?:-([\da-f]{6}))?$/.exec(name ?? '') ?? [];
	return isTheme(theme) ? { theme, accent: color ? `#${color}` : null } : null;
}

/** Its colour as it can be read on the paper of `on`; the theme’s own where the couple’s cannot be. */
export function accentOf({ theme, accent }: Look, on: Theme = theme): Accent {
	const { accent: usual } = PALETTES[theme];
	return fitAccent(accent ?? usual, on).accent ?? fitAccent(usual, on).accent!;
}

/** What becomes of a colour on this theme’s paper. */
export function fitAccent(color: string | null, theme: Theme): Fitted {
	return fit(color ?? PALETTES[theme].accent, PALETTES[theme]);
}
