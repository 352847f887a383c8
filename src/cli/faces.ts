import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// @ts-expect-error it has no types
import subset from 'subset-font';
import { LETTERS } from '../lib/ui/fonts/letters.ts';
import { root } from './tool.ts';

/*
 * The faces of the paper as a page fetches them: half of each package's file are letters, features and hints that
 * nobody sees. Run once, when a package or the letters change: `node src/cli/faces.ts`; src/lib/ui/fonts keeps what it makes.
 */

const folder = join(root, 'src/lib/ui/fonts');
const letters = LETTERS.map(([from, to]) =>
	String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, n) => from + n))
).join('');

const features = ['kern', 'mark', 'mkmk', 'liga', 'ccmp', 'locl', 'lnum', 'tnum', 'onum', 'pnum'];

/** Headings are of one weight, drawn for the size of a title. */
const TITLE = { opsz: 60, wght: 340 };

type Face = { from: string; to: string; axes?: Record<string, number>; isWhole?: boolean };

const fraunces = (part: string) => `@fontsource-variable/fraunces/files/fraunces-${part}-opsz-normal.woff2`;
const alegreya = (style: string) => `@fontsource/alegreya-sans/files/alegreya-sans-latin-${style}.woff2`;

const FACES: Face[] = [
	{ from: fraunces('latin'), to: 'fraunces-letters', axes: TITLE },
	{ from: fraunces('latin'), to: 'fraunces-latin', axes: TITLE, isWhole: true },
	{ from: fraunces('latin-ext'), to: 'fraunces-latin-ext', axes: TITLE, isWhole: true },
	{ from: alegreya('400-normal'), to: 'alegreya-sans-letters-400' },
	{ from: alegreya('500-normal'), to: 'alegreya-sans-letters-500' },
	{ from: alegreya('400-italic'), to: 'alegreya-sans-letters-400-italic' },
	{
		from: '@fontsource/alegreya-sans-sc/files/alegreya-sans-sc-latin-500-normal.woff2',
		to: 'alegreya-sans-sc-letters-500'
	}
];

for (const { from, to, axes, isWhole = false } of FACES) {
	const font = readFileSync(join(root, 'node_modules', from));
	const made = await subset(font, isWhole ? '' : letters, {
		targetFormat: 'woff2',
		noHinting: true,
		keepFeatures: features,
		variationAxes: axes,
		keepAllGlyphs: isWhole
	});
	writeFileSync(join(folder, `${to}.woff2`), made);
	console.log(`${to}: ${font.length} → ${made.length} bytes`);
}
