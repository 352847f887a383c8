import { describe, expect, it } from 'vitest';
import type { Household } from '../people/household.ts';
import type { Asked } from '../rsvp/answers.ts';
import { type Audience, choose, countAddresses, countLanguages, reach, type Obstacle } from './audience.ts';

const home = (id: string, more: object = {}) =>
	({
		...{ id, name: id, language: 'en', tags: [], openedAt: null, invitedAt: null },
		...{ guests: [{ id: `${id}-1`, name: id, email: `${id}@example.org` }], ...more }
	}) as unknown as Household;

const asked = (householdId: string, eventId: string, state: Asked['state']) =>
	({ householdId, eventId, state, guestId: `${householdId}-1` }) as Asked;

const homes = [
	home('both', { tags: [{ id: 'family', name: 'Family' }] }),
	home('party'),
	home('neither', { invitedAt: new Date() }),
	home('waits'),
	home('silent'),
	home('unasked', { guests: [] })
];
const answers = [
	...[asked('both', 'dinner', 'yes'), asked('both', 'party', 'yes'), asked('both', 'party', 'no')],
	...[asked('party', 'dinner', 'no'), asked('party', 'party', 'yes')],
	...[asked('neither', 'dinner', 'no'), asked('neither', 'party', 'no')],
	...[asked('waits', 'party', 'waiting')],
	...[asked('silent', 'dinner', 'yes'), asked('silent', 'party', null), asked('silent', 'party', 'yes')]
];

describe('an audience', () => {
	it.each<[Audience, string[]]>([
		[{ to: 'everybody' }, ['both', 'party', 'neither', 'waits', 'silent', 'unasked']],
		[{ to: 'uninvited' }, ['both', 'party', 'waits', 'silent']],
		[{ to: 'asked', event: 'dinner', said: '' }, ['both', 'party', 'neither', 'silent']],
		[{ to: 'asked', event: 'dinner', said: 'yes' }, ['both', 'silent']],
		[{ to: 'asked', event: 'dinner', said: 'no' }, ['party', 'neither']],
		[{ to: 'asked', event: 'dinner', said: 'silent' }, []],
		[{ to: 'asked', event: 'party', said: '' }, ['both', 'party', 'neither', 'waits', 'silent']],
		[{ to: 'asked', event: 'party', said: 'yes' }, ['both', 'party', 'silent']],
		[{ to: 'asked', event: 'party', said: 'no' }, ['neither']],
		[{ to: 'asked', event: 'party', said: 'silent' }, ['silent']],
		[{ to: 'asked', event: '', said: '' }, ['both', 'party', 'neither', 'waits', 'silent']],
		[{ to: 'asked', event: '', said: 'yes' }, ['both', 'party', 'silent']],
		[{ to: 'asked', event: '', said: 'no' }, ['neither']],
		[{ to: 'asked', event: '', said: 'silent' }, ['silent']],
		[{ to: 'tags', tags: ['family', 'gone'] }, ['both']],
		[{ to: 'chosen', households: ['party', 'gone', 'unasked'] }, ['party', 'unasked']]
	])('%j is %j', (audience, expected) =>
		expect(choose(homes, audience, answers).map(({ id }) => id)).toEqual(expected)
	);
});

it('reaches each address once, and says who cannot be reached and why', () => {
	const shared = { id: 'g1', name: 'Riet', email: 'riet@example.org' };
	const all = [
		home('two', { guests: [shared, { id: 'g2', name: 'Wim', email: 'RIET@example.org' }] }),
		home('part', {
			language: 'nl',
			guests: [
				{ ...shared, email: 'ok@x.org' },
				{ ...shared, email: 'no@x.org' }
			]
		}),
		home('none', { guests: [{ ...shared, email: null }] }),
		home('lost')
	];
	const obstacles: Record<string, Obstacle> = { 'no@x.org': 'unsubscribed', 'lost@example.org': 'bounced' };
	const found = reach(all, (address) => obstacles[address]);
	expect(
		found.reached.map(({ household, addressees }) => [household.id, addressees.map((to) => to.names)])
	).toEqual([
		['two', [['Riet', 'Wim']]],
		['part', [['Riet']]]
	]);
	expect(found.missed.map(({ household, address, obstacle }) => [household.id, address, obstacle])).toEqual([
		['part', 'no@x.org', 'unsubscribed'],
		['none', '', 'no_address'],
		['lost', 'lost@example.org', 'bounced']
	]);
	expect(countAddresses(found)).toBe(2);
	expect(countLanguages(found)).toEqual([
		['en', 1],
		['nl', 1]
	]);
});
