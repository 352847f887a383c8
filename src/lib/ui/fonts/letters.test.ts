import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LETTERS } from './letters.ts';

const folder = import.meta.dirname;
const languages = ['en', 'nl', 'fr', 'it', 'de', 'es'];
const has = (letter: string) =>
	LETTERS.some(([from, to]) => letter.codePointAt(0)! >= from && letter.codePointAt(0)! <= to);

it('every letter of our own words is in the faces that each page fetches', () => {
	const words = languages.flatMap((language) => {
		const own = join(folder, '../../i18n', language);
		return readdirSync(own).map((file) => readFileSync(join(own, file), 'utf8'));
	});
	const letters = new Set(words.join('').replace(/\s/g, ' '));
	expect(letters.size).toBeGreaterThan(100);
	// arrows are in no file of the packages
	expect([...letters].filter((letter) => !has(letter)).join('')).toBe('←→');
});

it('the style sheet takes those letters from them, and no others', () => {
	const code = readFileSync(join(folder, '../fonts.css'), 'utf8');
	const faces = code.split('@font-face').filter((face) => face.includes('-letters'));
	const hex = (point: number) => point.toString(16).toUpperCase().padStart(4, '0');
	const range = LETTERS.map(([from, to]) => `U+${hex(from)}${from === to ? '' : `-${hex(to)}`}`).join(', ');
	expect(faces).toHaveLength(5);
	for (const face of faces) expect(face.replace(/\s+/g, ' ')).toContain(`unicode-range: ${range};`);
});
