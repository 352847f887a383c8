import { describe, expect, it } from 'vitest';
import { isLocalTime, toInstant, toLocal } from './local-time.ts';

const AMSTERDAM = 'Europe/Amsterdam';

describe('a time on a clock', () => {
	it('is one moment, wherever this machine is', () => {
		expect(toInstant('2027-06-12T14:30', AMSTERDAM).toISOString()).toBe('2027-06-12T12:30:00.000Z');
		expect(toInstant('2027-06-12T14:30', 'Asia/Kolkata').toISOString()).toBe('2027-06-12T09:00:00.000Z');
		expect(toLocal(new Date('2027-06-12T12:30:00Z'), AMSTERDAM)).toBe('2027-06-12T14:30');
	});

	it('in the hour that summer time skips is as much later', () => {
		expect(toInstant('2027-03-28T02:30', AMSTERDAM).toISOString()).toBe('2027-03-28T01:30:00.000Z');
		expect(toLocal(new Date('2027-03-28T01:30:00Z'), AMSTERDAM)).toBe('2027-03-28T03:30');
	});

	it('in the hour that is repeated is the first one', () => {
		expect(toInstant('2027-10-31T02:30', AMSTERDAM).toISOString()).toBe('2027-10-31T00:30:00.000Z');
	});

	it('is typed as a browser types it, on a day that there is', () => {
		expect(isLocalTime('2027-06-12T14:30')).toBe(true);
		for (const typed of ['', '2027-06-12', '2027-13-01T10:00', '2027-06-12T24:30', '0001-01-01T10:00'])
			expect(isLocalTime(typed), typed).toBe(false);
	});
});
