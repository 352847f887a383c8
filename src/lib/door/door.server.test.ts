import { beforeAll, describe, expect, it } from 'vitest';
import { type Dinner, makeDinner } from '../../testing/dinner.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import * as sessions from '../auth/sessions.server.ts';
import { HOUR } from '../kernel/clock.ts';
import { db, now } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Arrival } from './arrival.ts';
import { countInside } from './arrival.ts';
import { Report } from './arrival.schema.ts';
import * as arrivals from './arrivals.server.ts';
import * as phones from './phones.server.ts';
import { LINK_HOURS, MOST_PHONES } from './phone.ts';

let dinner: Dinner;
let front: Viewer;
let back: Viewer;
beforeAll(async () => {
	dinner = await makeDinner();
	[front, back] = [await letIn('Front'), await letIn('Back')];
});

const tokenOf = (url: string) => url.split('/').at(-1)!;

async function letIn(name: string): Promise<Viewer> {
	const { url } = await phones.add(dinner.couple, name);
	const { secret } = await phones.enter(dinner.stranger, tokenOf(url));
	return (await find(secret))!.viewer;
}
const find = (secret: string) => sessions.find(secret, `${dinner.mark}.example`);

describe('a phone', () => {
	it('is let in once by its link, and may nothing but the door', async () => {
		const { id, url } = await phones.add(dinner.couple, 'Side');
		expect(url).toBe(`http://${dinner.mark}.example/door/in/${tokenOf(url)}`);
		expect(await phones.peek(dinner.stranger, tokenOf(url))).toEqual({ isOpen: true });
		expect((await db.phone.findUniqueOrThrow({ where: { id } })).enteredAt).toBeNull();
		const entry = await phones.enter(dinner.stranger, tokenOf(url));
		expect(entry.next).toBe('/door');
		const found = (await find(entry.secret))!;
		expect(found).toMatchObject({ name: 'Side', viewer: { role: 'door', phoneId: id } });
		expect(await sessions.findAlive([found.viewer.sessionId!])).toEqual(
			new Map([[found.viewer.sessionId, 'door']])
		);
		expect(await phones.peek(dinner.stranger, tokenOf(url))).toEqual({ isOpen: false });
		await expect(phones.enter(dinner.stranger, tokenOf(url))).rejects.toMatchObject({ status: 410 });
		await expect(phones.add(found.viewer, 'Mine')).rejects.toMatchObject({ status: 403 });
		await expect(phones.end(found.viewer, id)).rejects.toMatchObject({ status: 403 });

		expect(await phones.end(dinner.couple, id)).toBe('Side');
		expect(await find(entry.secret)).toBeNull();
		expect((await phones.list(dinner.couple)).map(({ name }) => name)).toEqual(['Front', 'Back']);
	});

	it('of many who open its link at once is one', async () => {
		const { url } = await phones.add(dinner.couple, 'Race');
		const tries = Array.from({ length: 10 }, () => phones.enter(dinner.stranger, tokenOf(url)));
		const done = await Promise.allSettled(tries);
		expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});

	it('is not let in by a link that is old, or of another wedding, or replaced', async () => {
		const other = await makeWedding();
		const { id, url } = await phones.add(dinner.couple, 'Old');
		expect(await phones.peek(other.stranger, tokenOf(url))).toBeNull();
		await expect(phones.enter(other.stranger, tokenOf(url))).rejects.toMatchObject({ status: 410 });
		await expect(phones.renew(other.couple, id)).rejects.toMatchObject({ status: 404 });
		const expiresAt = new Date((await now()).getTime() - 1000);
		await db.phone.update({ where: { id }, data: { expiresAt } });
		await expect(phones.enter(dinner.stranger, tokenOf(url))).rejects.toMatchObject({ status: 410 });
		const again = await phones.renew(dinner.couple, id);
		await expect(phones.enter(dinner.stranger, tokenOf(url))).rejects.toMatchObject({ status: 410 });
		await phones.enter(dinner.stranger, tokenOf(again.url));
		const { expiresAt: until } = await db.phone.findUniqueOrThrow({ where: { id } });
		expect(until.getTime() - (await now()).getTime()).toBeGreaterThan((LINK_HOURS - 1) * HOUR * 1000);
	});

	it('is one of so many', async () => {
		const other = await makeWedding();
		for (let n = 0; n < MOST_PHONES; n++) await phones.add(other.couple, `Phone ${n}`);
		await expect(phones.add(other.couple, 'One more')).rejects.toMatchObject({ code: 'phones_many' });
	});
});

const guestOf = (n: 0 | 1) => [dinner.riet.id, dinner.wim.id][n]!;
const fact = (more: Partial<Arrival> = {}): Arrival => ({
	...{ id: crypto.randomUUID(), eventId: dinner.id, kind: 'in', guestId: guestOf(0), walkInId: null },
	...{ walkInName: '', undoesId: null, at: Date.now() - 60_000 },
	...more
});
const report = (viewer: Viewer, facts: Arrival[], more: object = {}) =>
	arrivals.report(viewer, Report.parse({ now: Date.now(), after: '0', arrivals: facts, ...more }));
const inside = async () => countInside((await arrivals.list(dinner.couple)).arrivals, dinner.id);

describe('what happened at the doors', () => {
	it('is one list, in whatever order and however often it is told', async () => {
		const [riet, wim] = [fact(), fact({ guestId: guestOf(1) })];
		const twice = fact({ at: riet.at + 5 });
		const out = fact({ guestId: guestOf(1), kind: 'out', at: wim.at + 10 });
		const cousin = fact({ guestId: null, walkInId: crypto.randomUUID(), walkInName: 'A cousin' });
		const undo = fact({ kind: 'undo', guestId: null, undoesId: twice.id, at: riet.at + 20 });
		const first = await report(front, [out, riet]);
		expect(first.refused).toEqual([]);
		const second = await report(back, [undo, wim, twice, cousin]);
		expect(second.arrivals).toHaveLength(6);
		expect(await inside()).toBe(2);
		await report(back, [undo, wim, twice, cousin]);
		await report(front, [out, riet], { after: second.after });
		expect(await inside()).toBe(2);
		const news = await report(front, [], { after: first.after });
		expect(new Set(news.arrivals.map(({ id }) => id))).toEqual(
			new Set([undo, wim, twice, cousin].map(({ id }) => id))
		);
		expect(await report(front, [], { after: news.after })).toMatchObject({
			arrivals: [],
			after: news.after
		});
		expect((await phones.list(dinner.couple)).find(({ name }) => name === 'Front')?.heardAt).toBeTruthy();
	});

	it('has the time of the server, also from a clock that is three hours wrong', async () => {
		const wrong = Date.now() + 3 * HOUR * 1000;
		const one = fact({ at: wrong - 60_000 });
		const ahead = fact({ at: wrong + 60_000 });
		const { arrivals: all } = await report(front, [one, ahead], { now: wrong });
		const [told, tomorrow] = [one, ahead].map(({ id }) => all.find((other) => other.id === id)!);
		const time = (await now()).getTime();
		expect(Math.abs(time - 60_000 - told!.at)).toBeLessThan(20_000);
		expect(tomorrow!.at).toBeLessThanOrEqual(time);
	});

	it('keeps the order of a phone whose clock ran ahead, also where none of it may be so late', async () => {
		const late = Date.now() + HOUR * 1000;
		const noted = (['in', 'out', 'in', 'out'] as const).map((kind, n) => fact({ kind, at: late + n }));
		const { arrivals: all } = await report(front, noted);
		const heard = noted.map(({ id }) => all.find((one) => one.id === id)!.at);
		expect(heard).toEqual(heard.toSorted((one, other) => one - other));
		expect(new Set(heard).size).toBe(4);
	});

	it('is all there for a phone that comes back after a week, or was set up anew', async () => {
		const [week, now] = [7 * 24 * HOUR * 1000, Date.now()];
		const forgotten = fact({ at: now - week });
		const back = await report(front, [forgotten], { after: await arrivals.version(front) });
		expect(back.refused).toEqual([]);
		const fresh = await report(front, []);
		const found = fresh.arrivals.find(({ id }) => id === forgotten.id)!;
		expect(Math.abs(found.at - forgotten.at)).toBeLessThan(20_000);
		expect(fresh.arrivals).toEqual((await arrivals.list(dinner.couple)).arrivals);
	});

	it('is refused by itself where the guest or the event is nobody’s or another wedding’s', async () => {
		const other = await makeDinner();
		const bad = [fact({ guestId: other.riet.id }), fact({ eventId: other.id })];
		const good = fact();
		const { refused } = await report(front, [...bad, good]);
		expect(refused).toEqual(bad.map(({ id }) => id));
		expect((await arrivals.list(other.couple)).arrivals).toEqual([]);
	});

	it('cannot take over what another wedding noted', async () => {
		const other = await makeDinner();
		const one = fact();
		await report(front, [one]);
		const same = { ...one, eventId: other.id, guestId: other.riet.id };
		expect((await report(other.couple, [same])).refused).toEqual([one.id]);
	});

	it('is of phones and those who help, not of guests', async () => {
		const { guest, stranger, helper } = dinner;
		await expect(async () => report(guest, [])).rejects.toMatchObject({ status: 403 });
		await expect(async () => report(stranger, [])).rejects.toMatchObject({ status: 401 });
		expect(await report(helper, [])).toHaveProperty('after');
	});

	it.each([
		['an undo of nothing', { kind: 'undo' }],
		['nobody', { guestId: null }],
		['two at once', { walkInId: crypto.randomUUID() }],
		['a time before time', { at: -1 }],
		['a name of a mile', { guestId: null, walkInId: crypto.randomUUID(), walkInName: 'x'.repeat(200) }]
	])('is no report with %s', (_, more) => {
		expect(() => report(front, [fact(more as Partial<Arrival>)])).toThrow();
	});
});
