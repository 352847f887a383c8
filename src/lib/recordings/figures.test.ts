import { expect, test } from 'vitest';
import * as figures from './figures.ts';

test('writes averages and sizes as the language does', () => {
	expect(figures.average(4.25, 'en')).toBe('4.3');
	expect(figures.average(4, 'nl')).toBe('4,0');
	expect(figures.size(14373, 'en')).toBe('14 kB');
	expect(figures.size(1586076, 'nl')).toBe('1,5 MB');
	expect(figures.size(500 * 2 ** 20, 'en')).toBe('500 MB');
});

test('says a length in words', () => {
	expect(figures.spoken(64, 'en')).toBe('1 minute, 4 seconds');
	expect(figures.spoken(3600, 'nl')).toBe('1 uur');
	expect(figures.spoken(0, 'en')).toBe('0 seconds');
});
