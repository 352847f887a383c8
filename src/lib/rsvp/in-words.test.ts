import { describe, expect, it } from 'vitest';
import { inLanguage } from '../i18n/language.server.ts';
import { sayAnswer } from './in-words.ts';
import type { Replies } from './reply.ts';

const people = ['Maria', 'Jan', 'Sofie'].map((name) => ({
	id: name,
	name: `${name} Jansen`,
	isChild: false
}));
const event = (id: string, guests = people) => ({ id, name: { en: id }, guests });
type Events = ReturnType<typeof event>[];
const [ceremony, dinner, party] = [event('Ceremony'), event('Dinner'), event('Party')];

/** "yyn": what Maria, Jan and Sofie said. */
function replies(said: Record<string, string>): Replies {
	const states = { y: 'yes', n: 'no', w: 'waiting' } as const;
	const of = (letters: string) =>
		[...letters].map((letter, n) => [people[n]!.id, { state: states[letter as 'y'] }]);
	return Object.fromEntries(
		Object.entries(said).map(([id, letters]) => [id, Object.fromEntries(of(letters))])
	);
}

const say = (events: Events, said: Record<string, string>, language = 'en') =>
	inLanguage(language, () => sayAnswer({ events, replies: replies(said) }, language));

describe('a household’s answer in words', () => {
	it.each<[Events, Record<string, string>, string]>([
		[[ceremony, dinner], { Ceremony: 'yyy', Dinner: 'yyy' }, 'You’re all coming.'],
		[[event('Dinner', people.slice(0, 1))], { Dinner: 'y' }, 'You’re coming.'],
		[[dinner], { Dinner: 'nnn' }, 'None of you is coming.'],
		[[dinner], { Dinner: 'yyn' }, 'Dinner: Maria and Jan are coming, Sofie isn’t.'],
		[
			[ceremony, dinner, party],
			{ Ceremony: 'yyy', Dinner: 'ynn', Party: 'yyy' },
			'Ceremony and Party: Maria, Jan and Sofie are coming. Dinner: Maria is coming, Jan and Sofie aren’t.'
		],
		[[ceremony, dinner], { Ceremony: 'yyy', Dinner: 'nnn' }, 'Dinner: Maria, Jan and Sofie aren’t coming.'],
		[[dinner], { Dinner: 'yw' }, 'Jan is waiting for a place, Sofie hasn’t answered yet.']
	])('of %# says who comes to what', (events, said, words) => {
		expect(say(events, said).replaceAll("'", '’')).toContain(words);
	});

	it.each([
		['nl', 'Dinner: Maria en Jan komen, Sofie niet.'],
		['fr', 'Dinner\u00a0: Maria et Jan viennent, Sofie non.'],
		['it', 'Dinner: Maria e Jan vengono, Sofie no.'],
		['de', 'Dinner: Maria und Jan kommen, Sofie nicht.'],
		['es', 'Dinner: Maria y Jan vienen, Sofie no.']
	])('is said in %s', (language, words) => expect(say([dinner], { Dinner: 'yyn' }, language)).toBe(words));
});
