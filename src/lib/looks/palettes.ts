import type { Theme } from './look.ts';

/** The colours of one theme in the light or in the dark. */
export type Colors = {
	paper: string;
	/** what fields and panels stand on */
	wash: string;
	ink: string;
	soft: string;
	rule: string;
};
export type Palette = { light: Colors; dark: Colors; accent: string };

/** For rules, mails and cards; a page has them from its stylesheet, and a test says that they are the same. */
export const PALETTES: Record<Theme, Palette> = {
	paper: {
		light: { paper: '#fbf8f3', wash: '#f3eee5', ink: '#2b2622', soft: '#665d54', rule: '#e2dacd' },
		dark: { paper: '#1b1916', wash: '#25221e', ink: '#ece6dc', soft: '#b3a99c', rule: '#3a352f' },
		accent: '#526b52'
	},
	grotesque: {
		light: { paper: '#ffffff', wash: '#f3f3f1', ink: '#111111', soft: '#5a5a58', rule: '#d8d8d4' },
		dark: { paper: '#121212', wash: '#1e1e1e', ink: '#f4f4f2', soft: '#ababa8', rule: '#383836' },
		accent: '#c9331f'
	},
	botanical: {
		light: { paper: '#f7f8f2', wash: '#ecf0e4', ink: '#26302a', soft: '#566256', rule: '#d5dccd' },
		dark: { paper: '#151a16', wash: '#1f2620', ink: '#e6eae1', soft: '#a7b3a6', rule: '#343d34' },
		accent: '#4b6b3c'
	},
	deco: {
		light: { paper: '#f8f4ea', wash: '#efe8d7', ink: '#1b2633', soft: '#535d68', rule: '#d9cdb1' },
		dark: { paper: '#10151c', wash: '#1a212b', ink: '#f0e8d6', soft: '#b2ab98', rule: '#353d48' },
		accent: '#846314'
	},
	calligraphy: {
		light: { paper: '#fdfbf9', wash: '#f6f0ed', ink: '#33282b', soft: '#6b5a5e', rule: '#eadfdc' },
		dark: { paper: '#191617', wash: '#241f21', ink: '#f0e7e5', soft: '#baaaac', rule: '#3e3539' },
		accent: '#97475a'
	},
	garden: {
		light: { paper: '#fffaf2', wash: '#fcefdf', ink: '#2c2a3c', soft: '#5f5a6c', rule: '#ecdcc8' },
		dark: { paper: '#191923', wash: '#242431', ink: '#f1ecf0', soft: '#b3adbb', rule: '#3a3a49' },
		accent: '#3a5ea8'
	}
};
