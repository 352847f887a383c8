import { expect, it } from 'vitest';
import { findState, foresee } from './run.ts';

const reset = new Date('2027-03-02T00:00:00Z');
const counts = { total: 9, waiting: 0, sent: 9, returned: 0, skipped: 0, failed: 0, unsure: 0 };

it.each([
	[202, undefined, { now: 202, seconds: 24, later: 0, at: null }],
	[202, 6, { now: 150, seconds: 12, later: 52, at: reset }],
	[202, 1000, { now: 202, seconds: 24, later: 0, at: null }],
	[40, 1, { now: 0, seconds: 0, later: 40, at: reset }],
	[0, 0, { now: 0, seconds: 0, later: 0, at: null }]
])('says of %d mails with %s requests left how they go out', (mails, requests, forecast) => {
	const day = requests === undefined ? undefined : { requests, reset };
	expect(foresee(mails, { size: 50, pace: 6, day })).toEqual(forecast);
});

it('is over when nothing waits and nobody is to be asked', () => {
	expect(findState('running', counts)).toBe('over');
	expect(findState('paused', counts)).toBe('over');
	expect(findState('running', { ...counts, waiting: 1 })).toBe('running');
	expect(findState('paused', { ...counts, unsure: 1 })).toBe('paused');
	expect(findState('stopped', counts)).toBe('stopped');
});
