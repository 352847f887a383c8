import { expect, it } from 'vitest';
import { inLanguage } from '#lib/i18n/language.server.ts';
import type { Role } from '#lib/kernel/viewer.ts';
import './domains.ts';
import { links } from './navigation.ts';

const shown = (role: Role, whose: Role, language = 'en') =>
	inLanguage(language, () =>
		links({ role, weddingId: '' }, whose).map(({ href, label }) => `${label} ${href}`)
	);

it('a guest is led to the wedding and what there is to hear, in their language', () => {
	expect(shown('guest', 'guest')).toEqual(['The wedding /', 'Recordings /recordings']);
	expect(shown('guest', 'guest', 'nl')).toEqual(['De bruiloft /', 'Opnames /recordings']);
});

it.each(['couple', 'helper'] as const)('the %s finds the way from the guest’s pages to theirs', (role) => {
	expect(shown(role, 'guest').at(-1)).toBe('For the couple /couple');
});

it('the couple is led to what they look after, and a helper to what they may', () => {
	const all = ['Guests /couple/guests', 'Recordings /couple/recordings', 'Settings /couple/settings'];
	expect(shown('couple', 'couple')).toEqual([...all, 'Guest view /']);
	expect(shown('helper', 'couple')).toEqual([...all.slice(0, 2), 'Guest view /']);
});

it('who may nothing is led nowhere', () => {
	expect([...shown('nobody', 'guest'), ...shown('nobody', 'couple')]).toEqual([]);
});
