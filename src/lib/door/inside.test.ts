import { expect, it } from 'vitest';
import type { Arrival } from './arrival.ts';
import type { Expected, ExpectedGuest } from './expected.ts';
import { compare } from './inside.ts';

const guest = (name: string, state: 'yes' | 'no', table?: number): ExpectedGuest => ({
	...{ id: name, name, isChild: false, diet: '' },
	asked: { dinner: { state, meal: null, seat: table ? { table, name: '', seat: 1 } : null } }
});
const list: Expected = {
	...{ at: 0, version: 'a', events: [{ id: 'dinner', name: { en: 'Dinner' }, startsAt: '' }] },
	households: [
		{
			id: 'a',
			name: 'Family Yılmaz',
			codeDigest: '',
			guests: [guest('Elif', 'yes', 1), guest('Murat', 'no', 1)]
		},
		{
			id: 'b',
			name: 'The O’Briens',
			codeDigest: '',
			guests: [guest('Zoë', 'yes', 1), guest('Tom', 'yes', 2)]
		}
	]
};
const came = (guestId: string | null, walkInName = ''): Arrival => ({
	...{ id: `${guestId} ${walkInName}`, eventId: 'dinner', kind: 'in', guestId, walkInName },
	...{ walkInId: guestId ? null : walkInName, undoesId: null, at: 1 }
});

it('says who is in and who is missing, household by household and table by table', () => {
	const facts = [came('Elif'), came('Murat'), came('Tom'), came(null, 'A cousin'), came('gone')];
	expect(compare(list, facts)).toEqual([
		{
			...{ id: 'dinner', name: { en: 'Dinner' }, inside: 5, expected: 3 },
			present: [
				{ id: 'a', name: 'Family Yılmaz', guests: ['Elif', 'Murat'] },
				{ id: 'b', name: 'The O’Briens', guests: ['Tom'] }
			],
			missing: [{ id: 'b', name: 'The O’Briens', guests: ['Zoë'] }],
			tables: [
				{ table: 1, name: '', present: ['Elif', 'Murat'], missing: ['Zoë'] },
				{ table: 2, name: '', present: ['Tom'], missing: [] }
			],
			others: ['Murat'],
			walkIns: ['A cousin']
		}
	]);
});
