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
	expect(figures.given([])).toBeNull();
	expect(figures.given([own])).toEqual({ called: 'You', stars: 5, label: '5 of 5', others: '' });
	const four = { name: 'Tom de Wit', stars: 4 };
	const three = { name: 'Mia de Wit', stars: 3 };
	expect(figures.given([own, four, three])?.others).toBe('· Tom\u00a04\u00a0· Mia\u00a03');
	expect(figures.given([three, four])).toMatchObject({ called: 'Mia', others: '· Tom\u00a04' });
	const grandmother = { name: 'Oma Riet', stars: 5 };
	expect(figures.given([grandmother])).toMatchObject({ called: 'Oma Riet' });
	const guest = { name: 'עמית כהן', stars: 4 };
	expect(figures.given([own, guest])?.others).toBe('· \u2068עמית\u2069\u00a04');
	const namesake = { name: 'Tom Bakker', stars: 2 };
	expect(figures.given([four, namesake])).toMatchObject({
		called: 'Tom de Wit',
		others: '· Tom Bakker\u00a02'
	});
});

test('says where a recording was made, and that it is hidden', () => {
	const recording = { moment: 'Dinner', speaker: 'Uncle Wim', isHidden: true };
	expect(figures.circumstances(recording)).toEqual({ words: 'Dinner\u00a0· Uncle Wim', hidden: 'hidden' });
	const bare = { moment: '', speaker: 'Uncle Wim', isHidden: false };
	expect(figures.circumstances(bare)).toEqual({ words: 'Uncle Wim', hidden: '' });
});
