import { expect, it } from 'vitest';
import type { Listed } from './recording.ts';
import { asOrder, sort } from './sorting.ts';

const line = (id: string, title: string, day?: string) =>
	({ id, title, recordedOn: day ? new Date(day) : null }) as Listed;
const all = [
	line('a', 'Toast 10'),
	line('b', 'toast 9', '2027-06-12'),
	line('c', 'Élan', '2027-06-11'),
	line('d', 'Wals')
];
const averages = { guests: 9, of: { d: { average: 4, scored: 1 }, b: { average: 4.5, scored: 2 } } };
const ids = (order: Parameters<typeof sort>[1]) =>
	sort(all, order, { averages, language: 'en' })
		.map(({ id }) => id)
		.join('');

it('leaves the order of the couple as it is', () => expect(ids('couple')).toBe('abcd'));
it('puts the earliest day first, and those without one last as the couple has them', () =>
	expect(ids('date')).toBe('cbad'));
it('puts titles as a person would, numbers by their value', () => expect(ids('title')).toBe('cbad'));
it('puts the most loved first', () => expect(ids('average')).toBe('bdac'));
it('knows no averages for a guest, and nothing of what somebody made up', () => {
	expect(asOrder('average', null)).toBe('couple');
	expect(asOrder('average', averages)).toBe('average');
	expect(asOrder('price', averages)).toBe('couple');
	expect(asOrder(null, averages)).toBe('couple');
});
