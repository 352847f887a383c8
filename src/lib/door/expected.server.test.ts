import { beforeAll, describe, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../testing/barn.ts';
import { db } from '../kernel/db/db.server.ts';
import { digest } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { seal } from '../kernel/db/sealed.server.ts';
import { dietOf } from '../rsvp/diets.server.ts';
import * as plans from '../tables/plans.server.ts';
import * as expected from './expected.server.ts';
import { DIGEST_LENGTH } from './expected.ts';

let barn: Barn;
let phone: Viewer;
beforeAll(async () => {
	barn = await makeBarn();
	phone = { role: 'door', weddingId: barn.weddingId };
});

/** Every key in it, with those of dictionaries left out. */
function keysOf(value: unknown, found = new Set<string>()): string[] {
	if (typeof value === 'object' && value)
		for (const [key, inner] of Object.entries(value)) {
			if (!Array.isArray(value) && !/^([0-9a-f-]{36}|en|nl)$/.test(key)) found.add(key);
			keysOf(inner, found);
		}
	return [...found].sort();
}

describe('the list that a phone takes along', () => {
	it('has who is asked, what they answered, and digests instead of codes', async () => {
		const { household, id } = barn;
		const list = await expected.read(phone);
		expect(list.events).toMatchObject([{ id, name: { en: 'Dinner', nl: 'Diner' } }]);
		const own = list.households.find((one) => one.id === household.id)!;
		const codeDigest = digest(household.code).toString('hex').slice(0, DIGEST_LENGTH);
		expect(own).toMatchObject({ name: 'Oma Riet & Opa Wim', codeDigest });
		expect(own.guests).toMatchObject([
			{ name: 'Riet', isChild: false, diet: '', asked: { [id]: { state: null, meal: null, seat: null } } },
			{ name: 'Wim' }
		]);
		expect((await expected.read(phone)).version).toBe(list.version);
	});

	it('says where somebody sits by the chosen plan, and what they eat, and is another one when that changes', async () => {
		const { id, couple, ids } = barn;
		const before = await expected.read(phone);
		await barn.seat(['Riet']);
		const other = await plans.copy(couple, barn.plan, 'Rain');
		await barn.seat(['Wim'], 1, 3);
		const sealed = seal('Vegan', dietOf(ids.Wim!));
		await db.diet.create({ data: { guestId: ids.Wim!, weddingId: barn.weddingId, sealed } });
		const seatsOf = async () => {
			const { version, households } = await expected.read(phone);
			const guests = households.find((one) => one.id === barn.household.id)!.guests;
			return {
				version,
				seats: guests.map((one) => one.asked[id]!.seat),
				diets: guests.map((one) => one.diet)
			};
		};
		const list = await seatsOf();
		expect(list.seats).toMatchObject([
			{ table: 1, seat: 1 },
			{ table: 2, seat: 3 }
		]);
		expect(list.diets).toEqual(['', 'Vegan']);
		expect(list.version).not.toBe(before.version);
		await plans.choose(couple, other);
		expect((await seatsOf()).seats).toMatchObject([{ table: 1 }, null]);
	});

	it('holds nothing of guests but what a door needs', async () => {
		await barn.says('Riet', 'yes');
		const list = await expected.read(phone);
		expect(keysOf(list)).toEqual(
			[
				...['at', 'version', 'events', 'id', 'name', 'startsAt', 'households', 'codeDigest', 'guests'],
				...['isChild', 'diet', 'asked', 'state', 'meal', 'seat', 'table']
			].sort()
		);
		expect(JSON.stringify(list)).not.toContain(barn.household.code);
		expect(JSON.stringify(list)).not.toContain('@');
		const { state } = list.households.find((one) => one.id === barn.household.id)!.guests[0]!.asked[barn.id]!;
		expect(state).toBe('yes');
	});

	it('has a household no more that was removed', async () => {
		await db.household.delete({ where: { id: barn.home } });
		expect((await expected.read(phone)).households.map(({ name }) => name)).toEqual(['Oma Riet & Opa Wim']);
	});
});
