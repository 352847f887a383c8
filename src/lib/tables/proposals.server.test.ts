import { beforeEach, describe, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../testing/barn.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as history from './history.server.ts';
import * as plans from './plans.server.ts';
import * as proposals from './proposals.server.ts';
import * as room from './room.server.ts';
import * as seating from './seating.server.ts';
import { work } from './solving.server.ts';
import * as wishes from './wishes.server.ts';

let barn: Barn;
beforeEach(async () => void (barn = await makeBarn()));

const EVERYBODY = { mode: 'everybody' as const, withSilent: true, seed: 1 };
const start = (more: object = {}) => proposals.start(barn.couple, barn.plan, { ...EVERYBODY, ...more });
const look = async () => (await proposals.look(barn.couple, barn.plan))!;
const take = async () => proposals.take(barn.couple, barn.plan, (await look()).id);

async function propose(more: object = {}) {
	await start(more);
	await work((await look()).id);
	const found = await look();
	if (found.state !== 'ready') throw new Error(found.state);
	return found;
}

const wish = (kind: 'together' | 'apart' | 'at', more: object = {}) =>
	wishes.add(barn.couple, barn.plan, {
		...{ kind, isHard: true, one: 'Riet', other: 'Wim', table: undefined, ...more }
	});

describe('seats that are worked out', () => {
	it('are shown as a difference, taken at once, and taken back by one undo', async () => {
		await barn.seat(['Bo'], 1, 3);
		await seating.lock(barn.couple, barn.plan, barn.ids.Bo!, true);
		await barn.seat(['Riet'], 0, 1);
		const { difference, isStale } = await propose({ mode: 'rest' });
		expect(isStale).toBe(false);
		expect(difference).toMatchObject({ moved: [], standing: [], staying: 2 });
		expect(difference.seated.flatMap(({ guests }) => guests.map(({ name }) => name)).sort()).toEqual([
			...['Eva', 'Ida', 'Wim']
		]);
		await take();
		const seats = await barn.seats();
		expect(seats.map((seat) => seat.replace(/\.\d/, ''))).toEqual([
			'Bo 2',
			'Eva 2',
			'Ida 2',
			'Riet 1',
			'Wim 1'
		]);
		expect(seats).toContain('Bo 2.3');
		expect(await proposals.look(barn.couple, barn.plan)).toBeNull();
		const { undo } = await history.look(barn.couple, barn.plan);
		await history.undo(barn.couple, barn.plan, undo!.id);
		expect(await barn.seats()).toEqual(['Bo 2.3', 'Riet 1.1']);
	});

	it('are for those who come, and for those who have not said where the couple wants that', async () => {
		await barn.says('Riet', 'yes');
		expect((await propose({ withSilent: false })).difference.seated).toMatchObject([
			{ guests: [{ name: 'Riet' }] }
		]);
		await barn.says('Wim', 'no');
		const { difference } = await propose();
		expect(difference.seated.flatMap(({ guests }) => guests)).toHaveLength(4);
	});

	it('say who moves, who loses a seat and which wishes hold, and name a contradiction', async () => {
		await barn.seat(['Riet'], 1, 1);
		await db.seatingTable.updateMany({ where: { planId: barn.plan }, data: { seats: 2 } });
		await wish('together');
		await wish('apart');
		await wish('at', { one: 'Bo', other: '', table: 9 });
		await wish('together', { isHard: false, one: 'The three', other: 'Riet' });
		const { difference, judged } = await propose();
		expect(difference.standing).toHaveLength(1);
		expect(judged).toMatchObject({ count: 3, idle: [{ why: { code: 'no_such_table' } }] });
		expect(judged.conflicts.map((set) => set.map(({ kind }) => kind).sort())).toEqual([
			['apart', 'together']
		]);
		const contradicted = judged.broken.find(({ wish }) => wish.isHard)!;
		expect(contradicted.why).toMatchObject({ code: 'contradicts', wishes: [{ name: 'Riet' }] });
	});

	it.each<[string, () => Promise<unknown>]>([
		['somebody has moved', () => barn.seat(['Wim'], 0, 1)],
		['somebody does not come any more', () => barn.says('Wim', 'no')],
		[
			'a table has other seats',
			() => db.seatingTable.update({ where: { id: barn.tables[1] }, data: { seats: 5 } })
		],
		['there is one wish more', () => wish('apart')]
	])('are not taken once %s', async (_, act) => {
		await propose();
		await act();
		expect(await look()).toMatchObject({ isStale: true });
		const before = await barn.seats();
		await expect(take()).rejects.toMatchObject({ status: 409, code: 'proposal_stale' });
		expect(await barn.seats()).toEqual(before);
	});

	it('are taken once, and by those of the wedding who may', async () => {
		const { id } = await propose();
		const { couple: others } = await makeWedding();
		const acts: ((viewer: Viewer) => Promise<unknown>)[] = [
			(viewer) => proposals.start(viewer, barn.plan, EVERYBODY),
			(viewer) => proposals.look(viewer, barn.plan),
			(viewer) => proposals.take(viewer, barn.plan, id)
		];
		for (const act of acts) {
			for (const viewer of [barn.guest, barn.helper])
				await expect((async () => act(viewer))()).rejects.toMatchObject({ status: 403 });
			await expect(act(others)).rejects.toMatchObject({ status: 404, code: 'plan_not_found' });
		}
		await proposals.stop(others, barn.plan);
		await proposals.leave(others, barn.plan, id);
		const both = await Promise.allSettled([1, 2].map(() => proposals.take(barn.couple, barn.plan, id)));
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
			reason: { status: 409, code: 'proposal_gone' }
		});
	});
});

describe('work that is under way', () => {
	it('is not begun twice, and for nobody not at all', async () => {
		await start();
		await expect(start()).rejects.toMatchObject({ status: 409, code: 'solve_under_way' });
		await proposals.leave(barn.couple, barn.plan, (await look()).id);
		await expect(start({ withSilent: false })).rejects.toMatchObject({ code: 'solve_nobody' });
		await db.seatingTable.deleteMany({ where: { planId: barn.plan } });
		await expect(start()).rejects.toMatchObject({ code: 'solve_no_tables' });
	});

	it('ends by Stop, however often, with an answer; once it is left with none', async () => {
		await start();
		const before = await proposals.version(barn.couple);
		for (let n = 0; n < 2; n++) await proposals.stop(barn.couple, barn.plan);
		expect(await proposals.version(barn.couple)).not.toBe(before);
		const { id } = await look();
		await work(id);
		expect(await look()).toMatchObject({ state: 'ready', isStopped: true });
		await proposals.leave(barn.couple, barn.plan, id);
		await work(id);
		expect(await proposals.look(barn.couple, barn.plan)).toBeNull();
	});

	it('ends with its plan', async () => {
		await start();
		const { id } = await look();
		await plans.remove(barn.couple, barn.plan);
		await work(id);
		await plans.restore(barn.couple, barn.plan);
		expect(await proposals.look(barn.couple, barn.plan)).toBeNull();
		expect((await room.look(barn.couple, barn.plan)).tables).toHaveLength(2);
	});

	it('is left to the next process where this one ends', async () => {
		await start();
		const { id } = await look();
		await expect(work(id, AbortSignal.abort())).rejects.toThrow();
		expect(await look()).toMatchObject({ state: 'working' });
		await work(id);
		expect(await look()).toMatchObject({ state: 'ready' });
	});
});
