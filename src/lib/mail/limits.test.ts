import { expect, it } from 'vitest';
import { readLimits } from './limits.ts';

const now = new Date('2027-03-01T21:15:00Z');
const midnight = new Date('2027-03-02T00:00:00Z');
const day = { 'x-apiquota-remaining': '7', 'x-apiquota-reset': '2027-03-02T00:00:00Z' };

it.each([
	['2027-03-01T21:16:00Z', new Date('2027-03-01T21:16:00Z')],
	['1803935760', new Date('2027-03-01T21:16:00Z')],
	['42', 42]
])('reads of the minute when it begins anew, from %s', (said, reset) => {
	const headers = { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': said };
	expect(readLimits(headers, now)).toEqual({ rate: { left: 3, reset }, quota: undefined });
});

it('reads what is left of the day', () => {
	expect(readLimits(day, now).quota).toEqual({ left: 7, reset: midnight });
});

it('makes nothing of what it does not understand', () => {
	const headers = { 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': '1', 'x-apiquota-remaining': '5' };
	expect(readLimits(headers, now)).toEqual({});
});

it('tells the two kinds of 429 apart', () => {
	const minute = readLimits({ ...day, 'retry-after': '12' }, now, 'Too many requests #MS42903');
	expect(minute).toEqual({ rate: { left: 0, reset: 12 }, quota: { left: 7, reset: midnight } });
	for (const headers of [day, {}]) {
		const found = readLimits(headers, now, 'Daily quota reached #MS42901');
		expect(found).toEqual({ rate: undefined, quota: { left: 0, reset: midnight } });
	}
});
