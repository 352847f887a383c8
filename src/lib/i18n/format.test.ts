import { describe, expect, it } from 'vitest';
import { enumerate } from '../people/guest.ts';
import { average, percent, size } from '../recordings/figures.ts';
import { day, dayAndTime, dayOf, longDay, moment, weekdayAndTime } from './format.ts';
import { inLanguage } from './language.server.ts';
import { sortByName } from './order.ts';

const ROME = 'Europe/Rome';
const time = new Date('2027-06-12T12:05:00Z');
const first = new Date('2027-08-01T00:00:00Z');

describe.each(
	Object.entries({
		en: [
			'Saturday 12 June 2027, 14:05',
			'12 June 2027, 14:05',
			'Sunday 1 August 2027',
			'1 August',
			'12 Jun, 14:05'
		],
		nl: [
			'zaterdag 12 juni 2027, 14:05',
			'12 juni 2027, 14:05',
			'zondag 1 augustus 2027',
			'1 augustus',
			'12 jun, 14:05'
		],
		fr: [
			'samedi 12 juin 2027, 14:05',
			'12 juin 2027, 14:05',
			'dimanche 1er août 2027',
			'1er août',
			'12 juin, 14:05'
		],
		it: [
			'sabato 12 giugno 2027, 14:05',
			'12 giugno 2027, 14:05',
			'domenica 1 agosto 2027',
			'1 agosto',
			'12 giu, 14:05'
		],
		de: [
			'Samstag, 12. Juni 2027, 14:05',
			'12. Juni 2027, 14:05',
			'Sonntag, 1. August 2027',
			'1. August',
			'12. Juni, 14:05'
		],
		es: [
			'sábado, 12 de junio de 2027, 14:05',
			'12 de junio de 2027, 14:05',
			'domingo, 1 de agosto de 2027',
			'1 de agosto',
			'12 jun, 14:05'
		]
	})
)('in %s', (language, [weekday, whole, long, short, brief]) => {
	it('days and times are as one writes them there', () => {
		expect(weekdayAndTime(time, language, ROME)).toBe(weekday);
		expect(dayAndTime(time, language, ROME)).toBe(whole);
		expect(longDay(first, language)).toBe(long);
		expect(dayOf(first, language, ROME)).toBe(short);
		expect(moment(time, language, ROME)).toBe(brief);
		expect(day(time, language)).toBe(whole!.slice(0, -7));
	});
});

it('lists, numbers and sizes are as one writes them there', () => {
	const all = ['en', 'nl', 'fr', 'it', 'de', 'es'];
	const names = ['Zoë', 'Ana', 'Inés'];
	expect(all.map((language) => enumerate(names, language).slice('Zoë, Ana '.length, -'Inés'.length))).toEqual(
		[...['and ', 'en ', 'et ', 'e ', 'und ', 'e ']]
	);
	expect(all.map((language) => average(4.25, language))).toEqual(['4.3', '4,3', '4,3', '4,3', '4,3', '4,3']);
	expect(all.map((language) => size(1.5 * 2 ** 20, language).normalize('NFKC'))).toEqual([
		...['1.5 MB', '1,5 MB', '1,5 Mo', '1,5 MB', '1,5 MB', '1,5 MB']
	]);
	expect(all.map((language) => percent(0.72, language).normalize('NFKC'))).toEqual([
		...['72%', '72%', '72 %', '72%', '72 %', '72 %']
	]);
});

it('names stand in the reader’s order', () => {
	const names = ['Zoë', 'Élise', 'Eva', 'Tisch 10', 'Tisch 2', 'Ángel', 'Ñuño', 'Nube', 'Oscar'];
	const sorted = ['Ángel', 'Élise', 'Eva', 'Nube', 'Ñuño', 'Oscar', 'Tisch 2', 'Tisch 10', 'Zoë'];
	expect(inLanguage('es', () => sortByName(names, (name) => name))).toEqual(sorted);
});
