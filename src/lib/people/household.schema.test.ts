import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ChangedHousehold, NewHousehold } from './household.schema.ts';

const form = (guests: Record<string, object>, more: object = {}) =>
	NewHousehold.safeParse({ id: crypto.randomUUID(), name: 'Oma Riet', language: 'nl', guests, ...more });
const issues = (result: z.ZodSafeParseResult<unknown>) =>
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

	it('understands addresses as they are pasted, and takes what nobody sees for nothing', () => {
		const { data } = form({
			0: { name: '\u202eRiet\u202c', email: 'Riet <riet@example.org>,' },
			1: { name: '\u200b', email: '\u2060' },
			2: { name: 'Wim', email: '\u200b' }
		});
		expect(data!.guests).toMatchObject([
			{ name: 'Riet', email: 'riet@example.org' },
			{ name: 'Wim', email: null }
		]);
	});

	it('says in which row something is wrong', () => {
		const result = form(
			{ 0: { name: 'Riet', email: 'riet@' }, 2: { name: '', email: 'wim@example.org' } },
			{ language: 'xx' }
		);
		expect(issues(result)).toEqual({
			language: 'invalid',
			'guests.0.email': 'email',
			'guests.2.name': 'required'
		});
		expect(issues(form({ 0: { name: 'Riet', email: 'riet@' } }))).toEqual({ 'guests.0.email': 'email' });
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
		expect(issues(form({}))).toEqual({ 'guests.0.name': 'guests_first' });
		expect(issues(form({ 0: { name: ' ' } }))).toEqual({ 'guests.0.name': 'guests_first' });
		expect(form(many(20)).success).toBe(true);
		expect(issues(form(many(21)))).toEqual({ guests: 'guests_many' });
	});

	it('names a household without a name after its guests', () => {
		const named = (...names: string[]) =>
			form(Object.fromEntries(names.map((name, n) => [n, { name }])), { name: ' ' }).data!.name;
		expect(named('Riet')).toBe('Riet');
		expect(named('Riet', 'Wim')).toBe('Riet & Wim');
		expect(named('Riet', 'Wim', 'Tom')).toBe('Riet, Wim en Tom');
		const english = form(
			{ 0: { name: 'Maria' }, 1: { name: 'Jan' }, 2: { name: 'Tom' } },
			{ name: '', language: 'en' }
		);
		expect(english.data!.name).toBe('Maria, Jan and Tom');
	});

	it('leaves out of the usual name whoever has no room in it', () => {
		const named = (...names: string[]) =>
			form(Object.fromEntries(names.map((name, n) => [n, { name }])), { name: '' }).data!.name;
		const long = 'Wolfeschlegelsteinhausen';
		expect(named(`Anna ${long}`, `Ben ${long}`, `Tom ${long}`)).toBe(`Anna ${long}, Ben ${long}, …`);
		expect(named('x'.repeat(80), 'Wim')).toBe('x'.repeat(80));
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
		expect(NewHousehold.safeParse(undefined).success).toBe(false);
	});

	it('wants the id of a new household, and the version of one that is there', () => {
		const guests = { 0: { name: 'Riet' } };
		expect(issues(form(guests, { id: undefined }))).toEqual({ id: 'invalid' });
		expect(issues(form(guests, { id: 'x' }))).toEqual({ id: 'invalid' });
		const changed = (version?: string) =>
			ChangedHousehold.safeParse({ name: 'Riet', language: 'nl', guests, version });
		expect(issues(changed())).toEqual({ version: 'required' });
		expect(changed('x').data).toMatchObject({ version: 'x', name: 'Riet' });
	});

	it('ends the usual name with no half of an emoji', () => {
		const name = '😀'.repeat(30);
		const { data } = form({ 0: { name }, 1: { name } }, { name: '' });
		expect(data!.name.isWellFormed()).toBe(true);
	});
});
