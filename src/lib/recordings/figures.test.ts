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

test('names who of a household gave what, the viewer first', () => {
	const own = { name: null, stars: 5 };
	const names = (scores: Parameters<typeof figures.given>[0]) =>
		figures.given(scores).map(({ called, stars }) => [called, stars]);
	expect(figures.given([])).toEqual([]);
	expect(figures.given([own])).toEqual([{ called: 'You', stars: 5, label: '5 of 5' }]);
	const four = { name: 'Tom de Wit', stars: 4 };
	const three = { name: 'Mia de Wit', stars: 3 };
	expect(names([own, four, three])).toEqual([
		['You', 5],
		['Tom', 4],
		['Mia', 3]
	]);
	expect(names([{ name: 'Oma Riet', stars: 5 }])).toEqual([['Oma Riet', 5]]);
	expect(names([{ name: 'עמית כהן', stars: 4 }])).toEqual([['\u2068עמית\u2069', 4]]);
	const namesake = { name: 'Tom Bakker', stars: 2 };
	expect(names([four, namesake])).toEqual([
		['Tom de Wit', 4],
		['Tom Bakker', 2]
	]);
});

test('says where a recording was made, and that it is hidden', () => {
	const place = { language: 'en', timeZone: 'Europe/Amsterdam' };
	const recording = { moment: 'Dinner', speaker: 'Uncle Wim', isHidden: true, visibleFrom: null };
	expect(figures.circumstances(recording, place)).toEqual({
		words: 'Dinner\u00a0· Uncle Wim',
		hidden: 'hidden'
	});
	const bare = { moment: '', speaker: 'Uncle Wim', isHidden: false, visibleFrom: null };
	expect(figures.circumstances(bare, place)).toEqual({ words: 'Uncle Wim', hidden: '' });
	const later = { ...bare, visibleFrom: new Date('2027-06-12T16:00Z') };
	expect(figures.circumstances(later, place).hidden).toBe('from 12 June 2027, 18:00');
});
