import { expect, it } from 'vitest';
import { type Asked, count, countSilent } from './answers.ts';

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
		...{ yes: 2, no: 1, silent: 1, waiting: 0, children: 1 },
		meals: [
			{ meal: soup, guests: 1 },
			{ meal: undefined, guests: 1 }
		]
	});
	expect(count({ id: 'party', meals: [] }, all)).toMatchObject({ yes: 1, silent: 0, meals: [] });
	expect(countSilent(all)).toBe(1);
});
