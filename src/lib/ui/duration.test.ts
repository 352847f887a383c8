import { expect, test } from 'vitest';
import { format, iso, parts } from './duration.ts';

test('shows minutes and seconds, and hours only when there are any', () => {
	expect(format(7)).toBe('0:07');
	expect(format(222)).toBe('3:42');
	expect(format(3729)).toBe('1:02:09');
});

test('rounds to the nearest second and carries over', () => {
	expect(format(59.6)).toBe('1:00');
	expect(format(16.7)).toBe('0:17');
});

test('shows dashes for what is not known', () => {
	for (const unknown of [null, undefined, NaN, Infinity, -1]) expect(format(unknown)).toBe('–:––');
});

test('gives the parts to speak and the form for <time>', () => {
	expect(parts(3729)).toEqual({ hours: 1, minutes: 2, seconds: 9 });
	expect(iso(222)).toBe('PT3M42S');
	expect(iso(3600)).toBe('PT1H0S');
});
