import { expect, it } from 'vitest';
import { inLanguage } from '../i18n/language.server.ts';
import { countDays, sayCountdown } from './countdown.ts';

const heldOn = new Date('2027-06-12');

it.each([
	// summer time begins in between, and ends
	['Europe/Amsterdam', '2026-12-12T12:00:00Z', 182],
	['Europe/Amsterdam', '2027-05-31T21:59:59Z', 12],
	['Europe/Amsterdam', '2027-05-31T22:00:00Z', 11],
	['Europe/Amsterdam', '2027-06-11T22:00:00Z', 0],
	['America/Los_Angeles', '2027-06-12T06:59:59Z', 1],
	['Pacific/Kiritimati', '2027-06-11T10:00:00Z', 0],
	['Europe/Amsterdam', '2027-06-12T22:00:00Z', -1],
	['Europe/Amsterdam', '2027-12-12T12:00:00Z', -183]
])('in %s at %s it is %d days', (timeZone, now, days) => {
	expect(countDays({ timeZone }, heldOn, new Date(now))).toBe(days);
});

it.each([
	[182, 'in 182 days', 'over 182 dagen'],
	[12, 'in 12 days', 'over 12 dagen'],
	[1, 'tomorrow', 'morgen'],
	[0, 'today', 'vandaag'],
	[-1, 'yesterday', 'gisteren'],
	[-6, '6 days ago', '6 dagen geleden'],
	[-7, 'a week ago', 'een week geleden'],
	[-13, 'a week ago', 'een week geleden'],
	[-14, '2 weeks ago', '2 weken geleden'],
	[-62, '2 months ago', '2 maanden geleden'],
	[-365, '11 months ago', '11 maanden geleden'],
	[-731, '2 years ago', '2 jaar geleden']
])('%d days are “%s”', (days, english, dutch) => {
	expect(inLanguage('en', () => sayCountdown(days, 'en'))).toBe(english);
	expect(inLanguage('nl', () => sayCountdown(days, 'nl'))).toBe(dutch);
});
