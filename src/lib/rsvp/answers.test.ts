import { expect, it } from 'vitest';
import { type Asked, count, countSilent, filter } from './answers.ts';

const asked = (guest: string, state: Asked['state'], more: Partial<Asked> = {}): Asked => ({
	...{ eventId: 'dinner', guestId: guest, guest, isChild: false, householdId: 'a', household: 'Yılmaz' },
	...{ state, mealId: null, ...more }
});
const soup = { id: 'soup', name: { en: 'Soup' }, isForChildren: false };

const all = [
	asked('Elif', 'yes', { mealId: 'soup' }),
	asked('Deniz', 'yes', { isChild: true }),
	asked('Murat', 'no'),
	asked('Zoë', null, { householdId: 'b', household: 'Zoë' }),
	asked('Elif', 'yes', { eventId: 'party' })
];

it('counts who comes to one event, the children among them, and what they eat', () => {
	expect(count({ id: 'dinner', meals: [soup] }, all)).toEqual({
		...{ yes: 2, no: 1, silent: 1, children: 1 },
		meals: [
			{ meal: soup, guests: 1 },
			{ meal: undefined, guests: 1 }
		]
	});
	expect(count({ id: 'party', meals: [] }, all)).toMatchObject({ yes: 1, silent: 0, meals: [] });
	expect(countSilent(all)).toBe(1);
});

it('finds guests by event, by answer and by words as people type them', () => {
	const names = (wanted: Partial<Parameters<typeof filter>[1]>) =>
		filter(all, { event: 'dinner', said: '', words: '', ...wanted }).map(({ guest }) => guest);
	expect(names({})).toHaveLength(4);
	expect(names({ said: 'silent' })).toEqual(['Zoë']);
	expect(names({ words: 'yilmaz elif' })).toEqual(['Elif']);
	expect(names({ words: 'zoe', said: 'no' })).toEqual([]);
	expect(names({ said: 'nonsense', event: '' })).toHaveLength(5);
});
