import { expect, it } from 'vitest';
import { inLanguage } from '#lib/i18n/language.server.ts';
import type { Role } from '#lib/kernel/viewer.ts';
import './domains.ts';
import { inGroups } from '#lib/ui/place.ts';
import { links } from './navigation.ts';

const shown = (role: Role, whose: Role, language = 'en') =>
	inLanguage(language, () =>
		links({ role, weddingId: '' }, whose).map(({ href, label }) => `${label} ${href}`)
	);

/** Of these, in the order in which they are shown. */
const among = (some: string[], role: Role, whose: Role, language?: string) =>
	shown(role, whose, language).filter((one) => some.includes(one));

it('a guest is led to the wedding and what there is to hear, in their language', () => {
	const links = {
		en: ['The wedding /', 'Recordings /recordings'],
		nl: ['De bruiloft /', 'Opnames /recordings']
	};
	for (const [language, some] of Object.entries(links))
		expect(among(some, 'guest', 'guest', language)).toEqual(some);
});

it.each(['couple', 'helper'] as const)('the %s finds the way from the guest’s pages to theirs', (role) => {
	expect(shown(role, 'guest').at(-1)).toBe('For the couple /couple');
	expect(shown('guest', 'guest')).not.toContain('For the couple /couple');
});

it('the couple is led to what they look after, and a helper to what they may', () => {
	const some = [
		'Overview /couple',
		'Guest list /couple/guests',
		'Recordings /couple/recordings',
		'The wedding /couple/settings',
		'Guest view /'
	];
	expect(among(some, 'couple', 'couple')).toEqual(some);
	expect(among(some, 'helper', 'couple')).toEqual(some.filter((one) => !one.startsWith('The wedding')));
});

it('the couple’s places stand in groups, each in one piece, so that many fit', () => {
	const groups = (role: Role) =>
		inLanguage('en', () => inGroups(links({ role, weddingId: '' }, 'couple')).map(({ label }) => label));
	const all = ['Overview', 'Guests', 'The day', 'Writing', 'Sound', 'Settings', 'Guest view'];
	expect(groups('couple')).toEqual(all);
	expect(groups('helper')).toEqual(all.filter((one) => !['Writing', 'Settings'].includes(one)));
	const [, guests] = inGroups(links({ role: 'couple', weddingId: '' }, 'couple'));
	expect(guests).toMatchObject({ href: '/couple/guests', isAlone: false });
	expect(guests!.places.length).toBeGreaterThan(2);
});

it('who may nothing is led nowhere', () => {
	expect([...shown('nobody', 'guest'), ...shown('nobody', 'couple')]).toEqual([]);
});
