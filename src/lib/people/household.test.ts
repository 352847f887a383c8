import { describe, expect, it } from 'vitest';
import { addressees, type Guest, enumerated } from './guest.ts';
import {
	grouped,
	type Household,
	HouseholdDetails,
	isUndeliverable,
	only,
	search,
	stage,
	summary
} from './household.ts';

const form = (guests: Record<string, object>, more: object = {}) =>
	HouseholdDetails.safeParse({ name: 'Oma Riet', language: 'nl', guests, ...more });
const issues = (result: ReturnType<typeof form>) =>
	Object.fromEntries(result.error!.issues.map(({ path, message }) => [path.join('.'), message]));

describe('the form of a household', () => {
	it('reads guests in their order and ignores blank rows', () => {
		const { data } = form({
			0: { name: ' Riet ', email: '' },
			1: { name: '', email: ' ' },
			10: { name: 'Tom', isChild: 'on' }
		});
		expect(data!.guests).toEqual([
			{ name: 'Riet', email: null, isChild: false },
			{ name: 'Tom', email: null, isChild: true }
		]);
	});

	it('says in which row something is wrong', () => {
		const result = form(
			{ 0: { name: 'Riet', email: 'riet@' }, 2: { name: '', email: 'wim@example.org' } },
			{ language: 'fr' }
		);
		expect(issues(result)).toEqual({
			language: 'invalid',
			'guests.0.email': 'email',
			'guests.2.name': 'required'
		});
	});

	it('takes a guest away whose box is ticked, whatever else stands in the row', () => {
		const id = crypto.randomUUID();
		const { data } = form({ 0: { name: 'Riet' }, 1: { id, name: '', email: 'x', remove: 'on' } });
		expect(data).toMatchObject({ guests: [{ name: 'Riet' }], removed: [id] });
	});

	it('wants one guest at least and twenty at most', () => {
		const many = (count: number) =>
			Object.fromEntries(Array.from({ length: count }, (_, n) => [n, { name: `Guest ${n}` }]));
		expect(issues(form({ 0: { id: crypto.randomUUID(), name: 'Riet', remove: 'on' } }))).toEqual({
			guests: 'guests_none'
		});
		expect(issues(form({}))).toEqual({ guests: 'guests_none' });
		expect(form(many(20)).success).toBe(true);
		expect(issues(form(many(21)))).toEqual({ guests: 'guests_many' });
	});

	it('names a household without a name after its guests', () => {
		const named = (...names: string[]) =>
			form(Object.fromEntries(names.map((name, n) => [n, { name }])), { name: ' ' }).data!.name;
		expect(named('Riet')).toBe('Riet');
		expect(named('Riet', 'Wim')).toBe('Riet & Wim');
		expect(named('Riet', 'Wim', 'Tom')).toBe('Riet');
	});

	it('makes line ends and control characters harmless and leaves markup and formulas as they were typed', () => {
		const { data } = form({
			0: { name: 'Riet\r\nBcc: all@example.org' },
			1: { name: '<b>Wim</b>' },
			2: { name: '=HYPERLINK("x")' }
		});
		expect(data!.guests.map(({ name }) => name)).toEqual([
			'Riet Bcc: all@example.org',
			'<b>Wim</b>',
			'=HYPERLINK("x")'
		]);
	});

	it('refuses what is no form at all', () => {
		for (const guests of ['x', { 0: 'x' }, [], null]) expect(form(guests as never).success).toBe(false);
		expect(HouseholdDetails.safeParse(undefined).success).toBe(false);
	});
});

const guest = (name: string, email: string | null = null): Guest => ({
	id: name,
	name,
	email,
	isChild: false,
	scores: 0
});
const household = (more: Partial<Household> = {}): Household => ({
	...{ id: 'x', name: 'Familie Yılmaz', language: 'nl', code: null, mails: [] },
	...{ invitedAt: null, openedAt: null, seenAt: null, guests: [guest('Zoë Şahin', 'zoe@example.org')] },
	...more
});

describe('a household', () => {
	it('is as far as the furthest thing that happened', () => {
		const at = new Date();
		expect(stage(household())).toBe('uninvited');
		expect(stage(household({ guests: [guest('Henk')] }))).toBe('card');
		expect(stage(household({ invitedAt: at }))).toBe('invited');
		expect(stage(household({ invitedAt: at, openedAt: at }))).toBe('opened');
		expect(stage(household({ openedAt: at, guests: [guest('Henk')] }))).toBe('opened');
	});

	it('counts', () => {
		const mails = [
			{ address: 'zoe@example.org', state: 'undeliverable' as const, reason: 'no such mailbox' }
		];
		const all = [
			household(),
			household({ invitedAt: new Date(), mails }),
			household({ guests: [guest('Henk'), guest('Greet')] })
		];
		const counts = {
			households: 3,
			guests: 4,
			uninvited: 1,
			invited: 1,
			opened: 0,
			card: 1,
			undeliverable: 1,
			unsure: 0
		};
		expect(summary(all)).toEqual(counts);
		expect(all.map(isUndeliverable)).toEqual([false, true, false]);
		expect(
			['invited', 'undeliverable', 'card', '', 'toString'].map((kind) => only(all, kind).length)
		).toEqual([1, 1, 1, 3, 3]);
	});

	it('whose mail a restore held back is not one that mail does not reach', () => {
		const mails = [{ address: 'zoe@example.org', state: 'undeliverable' as const, reason: 'restored' }];
		const all = [household(), household({ mails })];
		expect(summary(all)).toMatchObject({ undeliverable: 0, unsure: 1 });
		expect(['undeliverable', 'unsure'].map((kind) => only(all, kind))).toEqual([[], [all[1]]]);
	});

	it('is found by its name, a guest or an address, without accents and in any case', () => {
		const found = (words: string) => search([household()], words).length;
		for (const words of ['', 'yilmaz', 'SAHIN zoe', 'zoë', 'Zoe@Example'])
			expect(found(words), words).toBe(1);
		for (const words of ['jansen', 'zoe jansen']) expect(found(words), words).toBe(0);
	});

	it('gets one mail at each address', () => {
		const guests = [
			guest('Riet', 'oma@example.org'),
			guest('Tom'),
			guest('Wim', 'OMA@example.org'),
			guest('Jan', 'jan@example.org')
		];
		expect(addressees(guests)).toEqual([
			{ address: 'oma@example.org', guestId: 'Riet', names: ['Riet', 'Wim'] },
			{ address: 'jan@example.org', guestId: 'Jan', names: ['Jan'] }
		]);
		expect(enumerated(['Riet', 'Wim', 'Tom'], 'nl')).toBe('Riet, Wim en Tom');
		expect(enumerated(['Riet', 'Wim', 'Tom'], 'en')).toBe('Riet, Wim and Tom');
	});

	it('has a usual name without half an emoji at its end', () => {
		const name = '😀'.repeat(30);
		const { data } = HouseholdDetails.safeParse({
			name: '',
			language: 'nl',
			guests: { 0: { name }, 1: { name } }
		});
		expect(data!.name.isWellFormed()).toBe(true);
	});

	it('shows its code in groups of four', () => {
		expect(grouped('ABCDEFGHJKMN')).toBe('ABCD-EFGH-JKMN');
	});
});
