import { describe, expect, it } from 'vitest';
import { digest } from '../kernel/token.ts';
import { DIGEST_LENGTH, type Expected, type ExpectedGuest } from './expected.ts';
import { type Told, TONES, TREMBLES } from './signal.ts';
import { findTables, listTables } from './seats.ts';
import { countExpected, findByCode, judge, pickEvent, prepare, readCode, search, stateOf } from './find.ts';

type Said = 'yes' | 'no' | 'waiting' | null;
const guest = (name: string, said?: Said): ExpectedGuest => ({
	...{ id: name, name, isChild: false, diet: '' },
	asked: said === undefined ? {} : { dinner: { state: said, meal: null } }
});
const CODE = 'ABCDEFGHJK23';
const list: Expected = {
	...{ at: 0, version: 'a' },
	events: [
		{ id: 'lunch', name: { en: 'Lunch' }, startsAt: '2027-06-12T10:00:00.000Z' },
		{ id: 'dinner', name: { en: 'Dinner' }, startsAt: '2027-06-12T16:00:00.000Z' }
	],
	households: [
		{
			...{ id: 'a', name: 'Family Yılmaz' },
			codeDigest: digest(CODE).toString('hex').slice(0, DIGEST_LENGTH),
			guests: [guest('Elif', 'yes'), guest('Murat', 'no')]
		},
		{ id: 'b', name: 'The O’Briens', codeDigest: 'x', guests: [guest('Zoë', 'yes'), guest('Tom')] }
	]
};

describe('at the door', () => {
	it.each([
		['yilmaz', ['a']],
		['YILMAZ murat', ['a']],
		['obrien', ['b']],
		["o'brien zoe", ['b']],
		['zo tom', ['b']],
		['zoe elif', []],
		['  ', []],
		['', []]
	])('“%s” finds %j', (typed, found) => {
		expect(search(prepare(list), typed).map(({ id }) => id)).toEqual(found);
	});

	it('two of the same name are both found, each with their household', () => {
		const other = { id: 'c', name: 'Family Smit', codeDigest: 'y', guests: [guest('Zoë', 'no')] };
		const found = search(prepare({ ...list, households: [...list.households, other] }), 'zoe');
		expect(found.map(({ name }) => name).toSorted()).toEqual(['Family Smit', 'The O’Briens']);
	});

	it.each([
		[CODE, CODE],
		['abcd-efgh-jk23', CODE],
		['ABCD EFGH JK23', CODE],
		[`https://anna-and-ben.example/i/${CODE}`, CODE],
		[`HTTPS://OLD.EXAMPLE/I/${CODE}`, CODE],
		[`https://other.example/menu`, undefined],
		['Riet', undefined],
		['ABCDEFGHJK2', undefined],
		['', undefined]
	])('reads “%s” as a code: %s', (given, code) => {
		expect(readCode(given)).toBe(code);
	});

	it.each([
		['table 7', ['Elif', 'Zoë']],
		['Table7', ['Elif', 'Zoë']],
		['7', ['Elif', 'Zoë']],
		['the lake', ['Elif', 'Zoë']],
		['lak', ['Elif', 'Zoë']],
		['17', ['Tom']],
		['table', []],
		['table 1', []],
		['', []]
	])('“%s” is the table of %j', (typed, names) => {
		const seat = (n: number, table: number, name = '') => ({ table, name, seat: n });
		const seats = { Elif: seat(1, 7, 'The lake'), Zoë: seat(2, 7, 'The lake'), Tom: seat(1, 17) };
		const households = list.households.map((one) => ({
			...one,
			guests: one.guests.map((guest) => {
				const dinner = { state: null, meal: null, seat: seats[guest.name as 'Elif'] ?? null };
				return { ...guest, asked: { dinner } };
			})
		}));
		const tables = listTables({ ...list, households }, 'dinner');
		const found = findTables(tables, typed, (number) => `Table ${number}`);
		expect(found.flatMap(({ guests }) => guests.map(({ guest }) => guest.name))).toEqual(names);
	});

	it('sounds and trembles in a way of its own for each thing that it says', () => {
		for (const ways of [TONES, TREMBLES] as Record<Told, number[]>[]) {
			const all = Object.values(ways).map((way) => way.join(' '));
			expect(new Set(all).size).toBe(all.length);
		}
	});

	it('knows whose card it is, and one of another wedding', async () => {
		expect((await findByCode(list, CODE))?.id).toBe('a');
		expect(await findByCode(list, 'ZZZZZZZZZZZZ')).toBeUndefined();
	});

	it.each([
		[guest('a', 'yes'), undefined, 'expected'],
		[guest('a', 'no'), undefined, 'declined'],
		[guest('a', 'waiting'), undefined, 'waiting'],
		[guest('a', null), undefined, 'silent'],
		[guest('a'), undefined, 'unasked'],
		[guest('a', 'no'), true, 'inside'],
		[guest('a', 'yes'), false, 'left']
	])('%j, inside %s, is %s', (one, isInside, state) => {
		const standing = isInside === undefined ? undefined : { isInside, at: 1, guestId: 'a', walkInName: '' };
		expect(stateOf(one, 'dinner', standing)).toBe(state);
	});

	it.each([
		[['expected', 'declined'], 'welcome'],
		[['left'], 'welcome'],
		[['inside', 'declined'], 'inside'],
		[['silent', 'declined'], 'silent'],
		[['declined', 'unasked'], 'declined'],
		[['unasked'], 'unasked']
	] as const)('%j is %s', (states, verdict) => {
		expect(judge([...states])).toBe(verdict);
	});

	it('counts who comes, and stands at the event that is on', () => {
		expect(countExpected(list, 'dinner')).toBe(2);
		const at = (time: string) => pickEvent(list, Date.parse(`2027-06-12T${time}Z`));
		expect([at('06:00'), at('11:00'), at('13:30'), at('23:00')]).toEqual([
			'lunch',
			'lunch',
			'dinner',
			'dinner'
		]);
		expect(pickEvent({ ...list, events: [] }, 0)).toBeUndefined();
	});
});
