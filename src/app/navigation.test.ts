import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inLanguage } from '#lib/i18n/language.server.ts';
import type { Role } from '#lib/kernel/viewer.ts';
import './domains.ts';
import { inGroups } from '#lib/ui/place.ts';
import { links } from './navigation.ts';

const weddingId = randomUUID();

const shown = (role: Role, whose: Role, language = 'en') =>
	inLanguage(language, async () =>
		(await links({ role, weddingId }, whose)).map(({ href, label }) => `${label} ${href}`)
	);

/** Of these, in the order in which they are shown. */
const among = async (some: string[], role: Role, whose: Role, language?: string) =>
	(await shown(role, whose, language)).filter((one) => some.includes(one));

it('a guest is led to the wedding and what there is to hear, in their language', async () => {
	const links = {
		en: ['The wedding /', 'Recordings /recordings'],
		nl: ['De bruiloft /', 'Opnames /recordings']
	};
	for (const [language, some] of Object.entries(links))
		expect(await among(some, 'guest', 'guest', language)).toEqual(some);
});

it.each(['couple', 'helper'] as const)(
	'the %s finds the way from the guest’s pages to theirs',
	async (role) => {
		expect((await shown(role, 'guest')).at(-1)).toBe('For the couple /couple');
		expect(await shown('guest', 'guest')).not.toContain('For the couple /couple');
	}
);

it('the couple is led to what they look after, and a helper to what they may', async () => {
	const some = [
		'Overview /couple',
		'Guest list /couple/guests',
		'Recordings /couple/recordings',
		'The wedding /couple/settings',
		'Guest view /'
	];
	expect(await among(some, 'couple', 'couple')).toEqual(some);
	expect(await among(some, 'helper', 'couple')).toEqual(some.filter((one) => !one.startsWith('The wedding')));
});

it('the couple’s places stand in groups, each in one piece, so that many fit', async () => {
	const groups = (role: Role) =>
		inLanguage('en', async () =>
			inGroups(await links({ role, weddingId }, 'couple')).map(({ label }) => label)
		);
	const all = ['Overview', 'Guests', 'The day', 'Writing', 'Sound', 'Settings', 'Guest view'];
	expect(await groups('couple')).toEqual(all);
	expect(await groups('helper')).toEqual(all.filter((one) => !['Writing', 'Settings'].includes(one)));
	const [, guests] = inGroups(await links({ role: 'couple', weddingId }, 'couple'));
	expect(guests).toMatchObject({ href: '/couple/guests', isAlone: false });
	expect(guests!.places.length).toBeGreaterThan(2);
});

it('who may nothing is led nowhere', async () => {
	expect([...(await shown('nobody', 'guest')), ...(await shown('nobody', 'couple'))]).toEqual([]);
});
