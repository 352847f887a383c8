import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { src, text } from './testing/sources.ts';

// a route may be called like a style sheet, and is a folder
const sheets = readdirSync(src, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && /\.(svelte|css)$/.test(entry.name))
	.map(({ parentPath, name }) => relative(src, join(parentPath, name)));

/** Each declaration of a file, `property: value`. */
function declarations(path: string): string[] {
	const code = text(path);
	const styles = path.endsWith('.css')
		? code
		: [...code.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, style]) => style).join('\n');
	const bare = styles.replace(/\/\*.*?\*\//gs, '');
	return [...bare.matchAll(/(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+);/g)].map(
		([, property, value]) => `${property}: ${value!.replace(/\s+/g, ' ').trim()}`
	);
}

/** Left or right, whichever way is read. */
const SIDES = [
	/^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)\b/,
	/^(left|right): /,
	/^(float|clear|text-align|caption-side): (left|right)$/,
	/^border-(top|bottom)-(left|right)-radius: /
];

/** Of four sides the second is the right one and the fourth the left. */
function differs(declaration: string): boolean {
	const [, value = ''] = /^(?:margin|padding|inset|border-width): (.*)$/.exec(declaration) ?? [];
	const parts = value.match(/[^\s(]+(\([^()]*(\([^()]*\)[^()]*)*\))?/g) ?? [];
	return parts.length === 4 && parts[1] !== parts[3];
}

it('every style says start and end rather than left and right, so that the page can be read from either side', () => {
	expect(sheets.length).toBeGreaterThan(100);
	expect(declarations('lib/ui/theme.css')).toContain('margin-inline: auto');
	expect(differs('padding: 0 calc(1px + 2px) 0 0')).toBe(true);
	const wrong = sheets.flatMap((path) =>
		declarations(path)
			.filter((one) => SIDES.some((side) => side.test(one)) || differs(one))
			.map((one) => `${path} ${one}`)
	);
	expect(wrong).toEqual([]);
});

it('every part of a page stands in all its states at /dev/ui', () => {
	const shown = sheets
		.filter((path) => path.startsWith('routes/dev/ui/'))
		.map(text)
		.join();
	const parts = sheets.filter((path) => /^lib\/ui\/[A-Z]\w*\.svelte$/.test(path));
	expect(parts.length).toBeGreaterThan(20);
	// the page around them is a Page
	expect(parts.filter((path) => !shown.includes(`#${path}`))).toEqual(['lib/ui/Page.svelte']);
});
