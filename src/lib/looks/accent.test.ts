import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast } from './color.ts';
import { accentOf, fitAccent, nameLook, parseLook, readLook, type Theme, THEMES, USUAL } from './look.ts';
import { type Colors, PALETTES } from './palettes.ts';

/** As people choose them, and as nobody should. */
const AWKWARD = [
	'#ffff00',
	'#000000',
	'#39ff14',
	'#ff00ff',
	'#00ffff',
	'#888888',
	'#f6c7d4',
	'#0000ff',
	'#1a1a40'
];
const REFUSED = { '#ffffff': 'pale', '#f5f0ff': 'pale', '#cccccc': 'pale', red: 'invalid', '': 'invalid' };

const own = THEMES.map((theme) => [theme, PALETTES[theme].accent] as const);
const chosen = THEMES.flatMap((theme) => AWKWARD.map((color) => [theme, color] as const));

/** The least of a colour's contrasts with what it stands on. */
const least = (color: string, { paper, wash }: Colors) =>
	Math.min(contrast(color, paper), contrast(color, wash));

describe('a colour', () => {
	it.each([...own, ...chosen])('can be read on %s in the light and in the dark: %s', (theme, color) => {
		const { light, strong, dark, darkStrong } = fitAccent(color, theme).accent!;
		for (const shade of [light, strong])
			expect(least(shade, PALETTES[theme].light)).toBeGreaterThanOrEqual(4.5);
		for (const shade of [dark, darkStrong])
			expect(least(shade, PALETTES[theme].dark)).toBeGreaterThanOrEqual(4.5);
		expect([light, strong, dark, darkStrong].join()).toMatch(/^(#[\da-f]{6},?){4}$/);
	});

	it.each(own)('that belongs to %s stays as it is', (theme, color) => {
		expect(fitAccent(color, theme)).toMatchObject({ accent: { light: color }, nudge: 'none' });
	});

	it.each([
		['#000000', 'none'],
		['#0000ff', 'none'],
		['#888888', 'darker'],
		['#ff00ff', 'darker'],
		['#ffff00', 'much_darker'],
		['#39ff14', 'much_darker'],
		['#f6c7d4', 'much_darker']
	])('%s is said to be %s', (color, nudge) => {
		for (const theme of THEMES) expect(fitAccent(color, theme).nudge).toBe(nudge);
	});

	it.each(Object.entries(REFUSED))('%j is refused on every paper: %s', (color, nudge) => {
		for (const theme of THEMES) {
			expect(fitAccent(color, theme)).toEqual({ accent: null, nudge });
			// and a page that has one all the same is in the theme's own
			expect(accentOf({ theme, accent: color || 'x' })).toEqual(accentOf({ theme, accent: null }));
		}
	});

	it('keeps its hue when it is made darker', () => {
		const { light } = fitAccent('#39ff14', 'paper').accent!;
		const [r, g, b] = [1, 3, 5].map((at) => parseInt(light.slice(at, at + 2), 16));
		expect(g! > r! && r! > b!).toBe(true);
	});
});

describe('a theme', () => {
	it.each(THEMES)('has ink that can be read on its papers: %s', (theme) => {
		for (const scheme of ['light', 'dark'] as const) {
			const colors = PALETTES[theme][scheme];
			for (const ink of [colors.ink, colors.soft]) expect(least(ink, colors)).toBeGreaterThanOrEqual(4.5);
		}
	});

	it.each(THEMES.slice(1))('has the same colours in its stylesheet: %s', (theme) => {
		const css = readFileSync(join(import.meta.dirname, `themes/${theme}.css`), 'utf8');
		const token = (name: string) =>
			new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\);`).exec(css)!.slice(1);
		const { light, dark } = PALETTES[theme as Theme];
		const tokens = { paper: 'paper', wash: 'wash', ink: 'ink', soft: 'ink-soft', rule: 'rule' } as const;
		for (const name of ['paper', 'wash', 'ink', 'soft', 'rule'] as const)
			expect(token(tokens[name]), name).toEqual([light[name], dark[name]]);
		const accent = accentOf({ theme: theme as Theme, accent: null });
		expect(token('accent')).toEqual([accent.light, accent.dark]);
		expect(token('accent-strong')).toEqual([accent.strong, accent.darkStrong]);
	});
});

describe('a look', () => {
	it('has a name that an address can say', () => {
		for (const look of [USUAL, { theme: 'deco', accent: '#846314' }] as const)
			expect(parseLook(nameLook(look))).toEqual(look);
		for (const name of [null, '', 'x', 'deco-', 'deco-123', 'deco-ABCDEF', 'deco-846314;', 'constructor'])
			expect(parseLook(name)).toBeNull();
	});

	it('of a newer release is the usual one', () => {
		expect(readLook({ theme: 'velvet', accent: '#112233' })).toEqual(USUAL);
		expect(readLook(null)).toEqual(USUAL);
	});
});
