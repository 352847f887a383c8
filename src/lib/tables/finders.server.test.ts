import { beforeAll, describe, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../testing/barn.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { MOST_TRIES } from './finder.ts';
import * as finders from './finders.server.ts';
import * as plans from './plans.server.ts';
import * as shown from './shown.server.ts';

let barn: Barn;
let entrance: Viewer;
let token: string;

const tokenOf = (url: string) => url.split('/').at(-1)!;
const names = async (typed: string) =>
	(await finders.find(entrance, barn.id, typed)).found.map(({ name }) => name);

beforeAll(async () => {
	barn = await makeBarn();
	const { couple, stranger, ids, id } = barn;
	await db.guest.update({ where: { id: ids.Bo! }, data: { name: 'Zoë de Boer-Łuczak' } });
	await barn.seat(['Riet', 'Bo'], 0);
	await barn.seat(['Eva'], 1, 3);
	token = tokenOf(await finders.renew(couple, id));
	entrance = (await finders.open(stranger, token)).viewer;
});

describe('on a tablet at the entrance', () => {
	it.each([
		['zoe', ['Zoë de Boer-Łuczak']],
		['LUCZAK zoë', ['Zoë de Boer-Łuczak']],
		['de boer', ['Zoë de Boer-Łuczak']],
		['the three', ['Eva', 'Zoë de Boer-Łuczak']],
		['wim', ['Riet']],
		['z', []],
		[' z ', []],
		['%_', []],
		['', []],
		['nobody', []],
		['x'.repeat(5000), []]
	])('“%s” finds %j', async (typed, found) => {
		expect((await names(typed)).toSorted()).toEqual(found);
	});

	it('nothing is told but the seat, and with whom only if the couple shows it', async () => {
		const { couple, id: eventId } = barn;
		const { found } = await finders.find(entrance, eventId, 'zoe');
		expect(found).toEqual([
			{ id: barn.ids.Bo, name: 'Zoë de Boer-Łuczak', household: null, number: 1, table: '', seat: 2 }
		]);
		const look = async () => finders.look(entrance, eventId, found[0]!);
		const sketch = (await look())!;
		expect(sketch).toMatchObject({ room: { width: 1200, height: 900 }, companions: [] });
		expect(JSON.stringify(sketch)).not.toMatch(/Riet|Eva|Wim/);
		await shown.set(couple, { eventId, shownFrom: undefined, areCompanionsShown: true });
		expect((await look())!.companions).toEqual(['Riet']);
	});

	it('eight are shown at most, and two of the same name with their households', async () => {
		const { weddingId, couple, id: eventId, plan, tables } = barn;
		const home = await db.household.create({
			data: { weddingId, name: 'Janssens', language: 'en', code: crypto.randomUUID() }
		});
		for (let n = 0; n < 10; n++) {
			const name = n < 2 ? 'Jan Same' : `Jan ${n}`;
			const guest = await db.guest.create({ data: { weddingId, householdId: home.id, name, position: n } });
			await db.invitation.create({ data: { weddingId, eventId, guestId: guest.id } });
			const seat = { planId: plan, guestId: guest.id, weddingId, eventId, tableId: tables[0]! };
			await db.seat.create({ data: { ...seat, number: 10 + n } });
		}
		const { found, areMore } = await finders.find(entrance, eventId, 'jan');
		expect([found.length, areMore]).toEqual([8, true]);
		expect((await finders.find(entrance, eventId, 'same')).found.map(({ household }) => household)).toEqual([
			'Janssens',
			'Janssens'
		]);
		const copy = await plans.copy(couple, plan, 'Empty');
		await db.seat.deleteMany({ where: { planId: copy } });
		await plans.choose(couple, copy);
		expect(await names('jan')).toEqual([]);
		await plans.choose(couple, plan);
	});

	it('nothing else is open, and not for ever', async () => {
		const { couple, helper, guest, stranger, id } = barn;
		const { couple: others, stranger: elsewhere } = await makeWedding();
		for (const viewer of [couple, helper, guest, stranger])
			await expect(finders.find(viewer, id, 'riet')).rejects.toMatchObject({
				status: viewer === stranger ? 401 : 403
			});
		for (const act of [finders.renew, finders.end, finders.get]) {
			await expect(async () => act(helper, id)).rejects.toMatchObject({ status: 403 });
			await expect(async () => act(entrance, id)).rejects.toMatchObject({ status: 403 });
		}
		await expect(plans.list(entrance)).rejects.toMatchObject({ status: 403 });
		await expect(finders.renew(others, id)).rejects.toMatchObject({ status: 404 });
		await finders.end(others, id);
		for (const [viewer, wrong] of [
			[elsewhere, token],
			[stranger, token.slice(1)],
			[stranger, 'x'],
			[stranger, 'A'.repeat(43)]
		] as const)
			await expect(finders.open(viewer, wrong)).rejects.toMatchObject({ status: 404 });
		const fresh = tokenOf(await finders.renew(couple, id));
		await expect(finders.open(stranger, token)).rejects.toMatchObject({ status: 404 });
		await finders.open(stranger, fresh);
		expect(await db.seatFinder.findMany({ where: { weddingId: barn.weddingId } })).toHaveLength(1);
		await finders.end(couple, id);
		expect(await finders.get(couple, id)).toBe(null);
		await expect(finders.open(stranger, fresh)).rejects.toMatchObject({ status: 404 });
	});

	it('nobody tries all names one after the other', async () => {
		const many = Array.from({ length: MOST_TRIES + 1 }, () => finders.find(entrance, barn.id, 'zz'));
		const said = await Promise.allSettled(many);
		const refused = said.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
		expect(refused.length).toBeGreaterThan(0);
		expect(refused[0]!.reason).toMatchObject({ status: 429 });
	});
});
