import { describe, expect, it } from 'vitest';
import { gather, type Line, put, settle } from './moment.ts';

/** `vows:a b|dinner:c` */
const read = (text: string): Line[] =>
	text.split('|').flatMap((part) => {
		const [moment, ids] = part.split(':') as [string, string];
		return ids.split(' ').map((id) => ({ id, moment }));
	});
const write = (lines: Line[]) =>
	gather(lines)
		.map(({ name, recordings }) => `${name}:${recordings.map(({ id }) => id).join(' ')}`)
		.join('|');

const LIST = 'vows:a b|dinner:c d|:e';

describe('a recording that is put', () => {
	it.each<[string, string, Parameters<typeof put>[2], string]>([
		['up within its moment', 'd', { to: 'up' }, 'vows:a b|dinner:d c|:e'],
		['down within its moment', 'a', { to: 'down' }, 'vows:b a|dinner:c d|:e'],
		['up over the edge', 'c', { to: 'up' }, 'vows:a b c|dinner:d|:e'],
		['down over the edge', 'b', { to: 'down' }, 'vows:a|dinner:b c d|:e'],
		['down out of all moments', 'd', { to: 'down' }, 'vows:a b|dinner:c|:d e'],
		['up from the top', 'a', { to: 'up' }, LIST],
		['down from the end', 'e', { to: 'down' }, LIST],
		['to where it is', 'c', { to: 3 }, LIST],
		['to a place of another moment', 'd', { to: 1 }, 'vows:d a b|dinner:c|:e'],
		['to a place further down', 'a', { to: 3 }, 'vows:b|dinner:c a d|:e'],
		['past the end', 'a', { to: 99 }, 'vows:b|dinner:c d|:e a'],
		['at the end of a moment', 'd', { to: 3, joins: 'b' }, 'vows:a b d|dinner:c|:e'],
		['at the head of a moment', 'b', { to: 2, joins: 'c' }, 'vows:a|dinner:b c d|:e']
	])('%s', (_, id, place, order) => expect(write(put(read(LIST), id, place))).toBe(order));
});

describe('a recording that gets a moment', () => {
	it.each([
		['comes to its end', 'a', 'dinner', 'vows:b|dinner:c d a|:e'],
		['comes behind the one it was of', 'c', 'cake', 'vows:a b|dinner:d|cake:c|:e'],
		['stays where it is of the same', 'a', 'vows', LIST],
		['comes to the end of its moment when it is new', 'f', 'vows', 'vows:a b f|dinner:c d|:e'],
		['comes last when both are new', 'f', 'cake', 'vows:a b|dinner:c d|:e|cake:f']
	])('%s', (_, id, moment, order) => expect(write(settle(read(LIST), id, moment))).toBe(order));

	it('is the only one there is', () => expect(settle([], 'a', '')).toEqual([{ id: 'a', moment: '' }]));
});
