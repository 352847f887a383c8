import { expect, it } from 'vitest';
import { type Box, filter, type Line, linkOrder, matcher, readWanted, sort, spread } from './lines.ts';

const home = {
	...{ id: 'a', name: 'Family Yılmaz', language: 'nl', phone: '', onBehalfBy: '', isCalled: false },
	tags: ['friends']
};
const line = (name: string, boxes: Box[], more: Partial<Line> = {}): Line => ({
	...{ id: name, name, email: `${name}@example.org`, isChild: false, hasDiet: false, isUndelivered: false },
	...{ home, boxes, ...more }
});
const [yes, no, silent] = (['yes', 'no', null] as const).map((state) => ({ state, mealId: null })) as [
	NonNullable<Box>,
	NonNullable<Box>,
	NonNullable<Box>
];
const lines = [
	line('Elif', [{ ...yes, mealId: 'soup' }, yes]),
	line('Deniz', [no, null], { isChild: true, email: '' }),
	line('Zoë', [silent, null], { home: { ...home, id: 'b', name: 'Zoë', language: 'en', tags: [] } }),
	line('Murat', [null, null], { isUndelivered: true })
];
const eventIds = ['dinner', 'party'];
const find = (address: string) =>
	filter(lines, readWanted(new URLSearchParams(address)), eventIds)
		.map(({ name }) => name)
		.join(' ');

it.each([
	['', 'Elif Deniz Zoë Murat'],
	['event=dinner', 'Elif Deniz Zoë'],
	['event=party', 'Elif'],
	['said=silent', 'Zoë'],
	['said=no&event=party', ''],
	['said=yes', 'Elif'],
	['meal=soup', 'Elif'],
	['meal=soup&event=party', ''],
	['only=child', 'Deniz'],
	['only=no_email', 'Deniz'],
	['only=undelivered', 'Murat'],
	['tag=friends', 'Elif Deniz Murat'],
	['tag=friends&only=undelivered&said=yes', ''],
	['language=en', 'Zoë'],
	['said=nonsense&only=nonsense', 'Elif Deniz Zoë Murat']
])('%s finds %s', (address, names) => expect(find(address)).toBe(names));

it('words are found in names, households and addresses as people type them', () => {
	const match = matcher(lines);
	expect(match('zoe')).toEqual([false, false, true, false]);
	expect(match('yilmaz ELIF')).toEqual([true, false, false, false]);
	expect(match('murat@example')).toEqual([false, false, false, true]);
	expect(match(' ')).toEqual([true, true, true, true]);
});

it.each([
	['sort=name', 'Deniz Elif Murat Zoë'],
	['sort=name&down=on', 'Zoë Murat Elif Deniz'],
	['sort=dinner', 'Elif Zoë Deniz Murat'],
	['sort=nonsense', 'Elif Deniz Zoë Murat']
])('%s puts them as %s', (address, names) => {
	const wanted = readWanted(new URLSearchParams(address));
	const sorted = sort(lines, wanted, eventIds).map(({ name }) => name);
	expect(sorted.join(' ')).toBe(names);
});

it('a header sorts by its column, then the other way, and leaves the rest as it is', () => {
	const wanted = readWanted(new URLSearchParams('said=yes&q=a'));
	expect(linkOrder(wanted, 'name')).toBe('?said=yes&sort=name&q=a#guests');
	expect(linkOrder({ ...wanted, sort: 'name' }, 'name')).toBe('?said=yes&sort=name&q=a&down=on#guests');
});

it('counts know each box that somebody is asked to tick', () => {
	expect(spread(lines, eventIds).map(({ eventId, guest, state }) => [eventId, guest, state])).toEqual([
		['dinner', 'Elif', 'yes'],
		['party', 'Elif', 'yes'],
		['dinner', 'Deniz', 'no'],
		['dinner', 'Zoë', null]
	]);
});
