import { describe, expect, it } from 'vitest';
import type { State } from '../outbox/message.ts';
import type { Reason } from '../outbox/suppression.ts';
import { findAddressees, type Guest, enumerate } from './guest.ts';
import {
	groupCode,
	type Household,
	findHeldUp,
	findLost,
	isUndeliverable,
	isUnwanted,
	filterByKind,
	search,
	findStage,
	summarise
} from './household.ts';

const guest = (name: string, email: string | null = null): Guest => ({
	id: name,
	name,
	email,
	isChild: false,
	scores: 0,
	plusOneOfId: null
});
const household = (more: Partial<Household> = {}): Household => ({
	...{
		id: 'x',
		name: 'Familie Yılmaz',
		language: 'nl',
		code: null,
		mails: [],
		suppressed: [],
		address: '',
		phone: '',
		tags: [],
		plusOnes: 0
	},
	...{
		invitedAt: null,
		openedAt: null,
		seenAt: null,
		cardGivenAt: null,
		guests: [guest('Zoë Şahin', 'zoe@example.org')]
	},
	...more
});

describe('a household', () => {
	it('is as far as the furthest thing that happened', () => {
		const at = new Date();
		expect(findStage(household())).toBe('uninvited');
		expect(findStage(household({ guests: [guest('Henk')] }))).toBe('card');
		expect(findStage(household({ invitedAt: at }))).toBe('invited');
		expect(findStage(household({ invitedAt: at, openedAt: at }))).toBe('opened');
		expect(findStage(household({ openedAt: at, guests: [guest('Henk')] }))).toBe('opened');
	});

	it('counts', () => {
		const mails = [{ address: 'zoe@example.org', state: 'bounced' as const, reason: 'no such mailbox' }];
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
			unsure: 0,
			unwanted: 0,
			...{ cardDue: 1, cardGiven: 0 }
		};
		expect(summarise(all)).toEqual(counts);
		expect(all.map(isUndeliverable)).toEqual([false, true, false]);
		expect(
			['invited', 'undeliverable', 'card', '', 'toString'].map((kind) => filterByKind(all, kind).length)
		).toEqual([1, 1, 1, 3, 3]);
	});

	it('whose mail a restore held back is not one that mail does not reach', () => {
		const mails = [{ address: 'zoe@example.org', state: 'unsure' as const, reason: 'restored' }];
		const all = [household(), household({ mails })];
		expect(summarise(all)).toMatchObject({ undeliverable: 0, unsure: 1 });
		expect(['undeliverable', 'unsure'].map((kind) => filterByKind(all, kind))).toEqual([[], [all[1]]]);
	});

	it('has an address to correct when mail came back, not when somebody has enough of it', () => {
		const mail = (state: State) => ({ address: 'Zoe@example.org', state, reason: null });
		const entry = (reason: Reason, category: 'all' | 'news') => {
			return { address: 'zoe@example.org', reason, category };
		};
		const bounced = entry('bounced', 'all');
		const lost = (mails: Household['mails'], suppressed: Household['suppressed'] = []) =>
			findLost({ mails, suppressed }).map(({ state }) => state);
		expect(lost([mail('bounced')])).toEqual(['bounced']);
		expect(lost([mail('failed')])).toEqual(['failed']);
		expect(lost([mail('sent')])).toEqual([]);
		// a login mail went there in spite of it
		expect(lost([mail('sent')], [bounced])).toEqual(['bounced']);
		expect(lost([mail('bounced')], [bounced])).toEqual(['bounced']);
		expect(lost([], [bounced])).toEqual(['bounced']);
		expect(lost([mail('complained')])).toEqual([]);
		expect(lost([mail('bounced')], [entry('complained', 'all')])).toEqual([]);
		expect(lost([mail('sent')], [entry('unsubscribed', 'news')])).toEqual([]);
		expect(lost([mail('soft_bounced')])).toEqual([]);
		expect(findHeldUp({ mails: [mail('soft_bounced'), mail('bounced')], suppressed: [] })).toHaveLength(1);
		const all = [[bounced], [entry('complained', 'all')], [entry('unsubscribed', 'news')]];
		expect(all.map((suppressed) => isUnwanted({ mails: [], suppressed }))).toEqual([false, true, true]);
	});

	it('is found by its name, a guest or an address, without accents and in any case', () => {
		const found = (words: string) => search([household()], words).length;
		for (const words of ['', 'yilmaz', 'SAHIN zoe', 'zoë', 'Zoe@Example'])
			expect(found(words), words).toBe(1);
		for (const words of ['jansen', 'zoe jansen']) expect(found(words), words).toBe(0);
	});

	it('is found by names as people type them: half of one, in either order, without their marks', () => {
		const all = [
			'Łukasz Wałęsa',
			'Søren Dahl',
			'Đặng Thị',
			'Jo Weiß',
			'Æsa Þór',
			'Đorđe Ilić',
			'Seán O’Brien'
		].map((name) => household({ name: 'x', guests: [guest(name)] }));
		all.push(household({ name: 'x', guests: [guest('Anne-Marie van Dijk'), guest('İpek Işık')] }));
		const found = (words: string) => search(all, words).map(({ guests }) => guests[0]!.name.split(' ')[0]);
		for (const words of ['Lukasz', 'walesa LUK', 'Wał', 'wałęsa  łukasz'])
			expect(found(words)).toEqual(['Łukasz']);
		expect(found('Soren')).toEqual(['Søren']);
		expect(found('dang')).toEqual(['Đặng']);
		expect(found('weiss')).toEqual(['Jo']);
		expect(found('aesa thor')).toEqual(['Æsa']);
		expect(found('dorde')).toEqual(['Đorđe']);
		for (const words of ["o'brien", 'O Brien', 'obrien', 'o’brien sean', 'brien,'])
			expect(found(words), words).toEqual(['Seán']);
		for (const words of [
			'anne marie',
			'annemarie',
			'Dijk, Anne‑Marie',
			' van  dijk ',
			'vandijk',
			'ipek isik',
			'IŞIK'
		])
			expect(found(words), words).toEqual(['Anne-Marie']);
		expect(found('marie dahl')).toEqual([]);
	});

	it('gets one mail at each address', () => {
		const guests = [
			guest('Riet', 'oma@example.org'),
			guest('Tom'),
			guest('Wim', 'OMA@example.org'),
			guest('Jan', 'jan@example.org')
		];
		expect(findAddressees(guests)).toEqual([
			{ address: 'oma@example.org', guestId: 'Riet', names: ['Riet', 'Wim'] },
			{ address: 'jan@example.org', guestId: 'Jan', names: ['Jan'] }
		]);
		expect(enumerate(['Riet', 'Wim', 'Tom'], 'nl')).toBe('Riet, Wim en Tom');
		expect(enumerate(['Riet', 'Wim', 'Tom'], 'en')).toBe('Riet, Wim and Tom');
	});

	it('shows its code in groups of four', () => {
		expect(groupCode('ABCDEFGHJKMN')).toBe('ABCD-EFGH-JKMN');
	});
});

describe('a card', () => {
	const [riet, tom] = [guest('Riet'), guest('Tom', 'tom@example.org')];
	const list = [
		household({ id: 'due', guests: [riet] }),
		household({ id: 'given', guests: [riet], cardGivenAt: new Date() }),
		household({ id: 'both', guests: [tom], cardGivenAt: new Date() }),
		household({ id: 'used', guests: [riet], openedAt: new Date() })
	];
	const ids = (kind: string) => filterByKind(list, kind).map(({ id }) => id);

	it('is due to those without email who have neither got nor used one', () => {
		expect(ids('card_due')).toEqual(['due']);
		expect(ids('card_given')).toEqual(['given', 'both']);
		expect(summarise(list)).toMatchObject({ cardDue: 1, cardGiven: 2 });
	});
});
