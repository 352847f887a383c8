import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as leaving from '../people/leaving.server.ts';
import * as tags from '../people/tags.server.ts';
import * as giftList from './gift-list.server.ts';
import type { TakersShown } from './gift.ts';
import { GiftDetails, GiftListDetails } from './gift.schema.ts';
import * as gifts from './gifts.server.ts';
import { tidy } from './jobs.server.ts';
import * as shown from './shown.server.ts';
import * as takings from './takings.server.ts';

const form = {
	...{ kind: 'thing', title: { en: 'A wok' }, text: {}, link: '', price: '', currency: 'EUR', wanted: '1' },
	visibleOn: ''
};
const described = (more: object = {}) => GiftDetails.parse({ ...form, ...more });

let made: Awaited<ReturnType<typeof makeWedding>>;
let family: string;
/** A household each; Riet's, of the fixture, is of the family. */
let homes: Viewer[];

beforeAll(async () => {
	made = await makeWedding();
	const { couple, household, weddingId } = made;
	const { name, language } = household;
	await editHousehold(couple, household.id, { name, language, guests: [], tags: ['Family'] });
	family = (await tags.list(couple))[0]!.id;
	homes = await Promise.all(
		Array.from({ length: 6 }, async (_, n): Promise<Viewer> => {
			const home = { name: `Home ${n}`, language: 'en', guests: [{ name: `Guest ${n}` }] };
			return { role: 'guest', weddingId, householdId: await households.add(couple, home) };
		})
	);
});

beforeEach(async () => {
	await db.gift.deleteMany({ where: { weddingId: made.weddingId } });
	await db.giftList.deleteMany({ where: { weddingId: made.weddingId } });
});

const add = (more?: object) => gifts.add(made.couple, described(more));
const read = (viewer: Viewer) => inLanguage('en', () => shown.list(viewer, 'en'));
const titles = async (viewer: Viewer) => (await read(viewer)).map(({ title }) => title);
const take = (viewer: Viewer, id: string, count = 1, promised: TakersShown = 'takers') =>
	takings.take(viewer, { id, count, promised });
async function set(more: object) {
	const { version } = await giftList.get(made.couple);
	const usual = { intro: {}, takersShown: 'taken', visibleOn: '', version: String(version) };
	await giftList.set(made.couple, GiftListDetails.parse({ ...usual, ...more }));
}
const known = async () =>
	(await takings.list(made.couple)).map(({ taken, takers }) => [
		taken,
		takers.map(({ name }) => name).join()
	]);

describe('a list of gifts', () => {
	it('has each for whoever sees it there, or brings it', async () => {
		const id = await add();
		const [one, other] = homes as [Viewer, Viewer];
		await take(one, id);
		const seen = () => Promise.all([one, other].map((viewer) => shown.isShown(viewer, id)));
		expect(await seen()).toEqual([true, true]);
		await set({ isHidden: 'on' });
		expect(await seen()).toEqual([true, false]);
		await gifts.remove(made.couple, id);
		expect(await seen()).toEqual([true, false]);
		expect(await shown.isShown({ ...one, weddingId: one.householdId! }, id)).toBe(false);
	});

	it('is read in one’s language, with what it costs', async () => {
		const price = { price: '1299,5', link: 'https://shop.example/wok', wanted: '2' };
		await add({ title: { en: 'A wok', nl: 'Een wok' }, text: { en: '*big*' }, ...price });
		expect(await read(made.guest)).toMatchObject([
			{ title: 'A wok', html: '<p><em>big</em></p>', price: '€1,299.50', wanted: 2, taken: 0, own: 0 }
		]);
	});

	it.each<[string, () => object, object, number, number]>([
		['everything', () => ({}), {}, 1, 1],
		['nothing that is off the page', () => ({ isHidden: 'on' }), {}, 0, 0],
		['nothing that comes later', () => ({ visibleOn: '2999-01-01' }), {}, 0, 0],
		['what is for their group', () => ({ onlyFor: { [family]: 'on' } }), {}, 1, 0],
		['nothing of a list that is off', () => ({}), { isHidden: 'on' }, 0, 0],
		['nothing of a list that comes later', () => ({}), { visibleOn: '2999-01-01' }, 0, 0]
	])('guests have %s', async (_, gift, list, forRiet, forHome) => {
		const id = await add({ wanted: '2', ...gift() });
		await set(list);
		for (const [viewer, count] of [
			[made.guest, forRiet],
			[homes[0]!, forHome]
		] as const) {
			expect(await read(viewer)).toHaveLength(count);
			expect(await shown.isThere(viewer)).toBe(count > 0);
			const taking = take(viewer, id);
			await (count ? taking : expect(taking).rejects.toMatchObject({ status: 409, code: 'gift_gone' }));
		}
		expect(await shown.isThere((await makeWedding()).guest)).toBe(false);
	});

	it('stands in the couple’s order, and what is removed comes back where it was, with whoever brings it', async () => {
		const [a, b] = [await add({ title: { en: 'a' } }), await add({ title: { en: 'b' } }), await add()];
		await gifts.move(made.couple, a!, 'down');
		await take(homes[0]!, b!);
		await gifts.remove(made.couple, b!);
		expect(await titles(made.guest)).toEqual(['a', 'A wok']);
		expect(await read(homes[0]!)).toMatchObject([{}, {}, { title: 'b', own: 1, isGone: true }]);
		await gifts.restore(made.couple, b!);
		expect(await titles(made.guest)).toEqual(['b', 'a', 'A wok']);
		expect(await read(homes[0]!)).toMatchObject([{ own: 1, isGone: false }, {}, {}]);
	});

	it('loses for good what was removed, once a day is over, but for what somebody brings', async () => {
		const [a, b] = [await add({ title: { en: 'a' } }), await add({ title: { en: 'b' } })];
		await take(homes[0]!, b);
		for (const id of [a, b]) await gifts.remove(made.couple, id);
		const removedAt = new Date(Date.now() - 25 * 3600_000);
		await db.gift.updateMany({ where: { weddingId: made.weddingId }, data: { removedAt } });
		await tidy();
		await expect(gifts.restore(made.couple, a)).rejects.toMatchObject({ code: 'gift_not_found' });
		expect(await titles(homes[0]!)).toEqual(['b']);
		await takings.giveBack(homes[0]!, b);
		expect(await titles(homes[0]!)).toEqual([]);
	});

	it('is changed in two tabs, and the second hears of it', async () => {
		const id = await add();
		const { version } = await gifts.get(made.couple, id);
		await gifts.edit(made.couple, id, { ...described({ title: { en: 'b' } }), version });
		const late = gifts.edit(made.couple, id, { ...described({ title: { en: 'c' } }), version });
		await expect(late).rejects.toMatchObject({ status: 409, code: 'gift_changed' });
		await set({ takersShown: 'takers' });
		const stale = GiftListDetails.parse({ intro: {}, takersShown: 'never', visibleOn: '', version: '0' });
		await expect(giftList.set(made.couple, stale)).rejects.toMatchObject({ code: 'gift_changed' });
		expect(await titles(made.guest)).toEqual(['b']);
	});

	it('keeps a group that it is for', async () => {
		await add({ onlyFor: { [family]: 'on' } });
		await expect(tags.remove(made.couple, family)).rejects.toMatchObject({ code: 'tag_read' });
		await set({ onlyFor: { [family]: 'on' } });
		await db.gift.deleteMany({ where: { weddingId: made.weddingId } });
		await expect(tags.remove(made.couple, family)).rejects.toMatchObject({ code: 'tag_read' });
	});

	it('is for the couple to change, each of its own wedding, and for guests to take from', async () => {
		const id = await add();
		const { couple: others, guest: stranger } = await makeWedding();
		const acts: ((viewer: Viewer) => Promise<unknown>)[] = [
			(viewer) => gifts.edit(viewer, id, described()),
			(viewer) => gifts.move(viewer, id, 'up'),
			(viewer) => gifts.setHidden(viewer, id, true),
			(viewer) => gifts.remove(viewer, id),
			(viewer) => gifts.get(viewer, id)
		];
		for (const act of acts) {
			for (const viewer of [made.guest, made.helper])
				await expect((async () => act(viewer))()).rejects.toMatchObject({ status: 403 });
			await expect(act(others)).rejects.toMatchObject({ status: 404, code: 'gift_not_found' });
		}
		await expect(take(stranger, id)).rejects.toMatchObject({ code: 'gift_gone' });
		for (const viewer of [made.couple, made.helper])
			await expect((async () => take(viewer, id))()).rejects.toMatchObject({ status: 403 });
	});
});

describe('what a household brings', () => {
	it('two cannot bring at once', async () => {
		const id = await add();
		const tries = await Promise.allSettled(homes.map((home) => take(home, id)));
		const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
		expect(refused).toHaveLength(homes.length - 1);
		for (const reason of refused) expect(reason).toMatchObject({ status: 409, code: 'gift_taken' });
		expect(await db.giftTaking.count({ where: { giftId: id } })).toBe(1);
	});

	it('several can share, never more than are wanted', async () => {
		const id = await add({ wanted: '7' });
		const tries = await Promise.allSettled(homes.map((home) => take(home, id, 2)));
		expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
		const [late] = tries.flatMap((one, n) => (one.status === 'rejected' ? [homes[n]!] : []));
		await expect(take(late!, id, 2)).rejects.toMatchObject({ code: 'gift_fewer' });
		await take(late!, id, 1);
		expect(await read(late!)).toMatchObject([{ taken: 7, own: 1 }]);
		// pressed twice it is still one, and one's own can grow into what another gives back
		await take(late!, id, 1);
		const other = homes[tries.findIndex(({ status }) => status === 'fulfilled')]!;
		await takings.giveBack(other, id);
		await take(late!, id, 3);
		expect(await read(other)).toMatchObject([{ taken: 7, own: 0 }]);
	});

	it('is never named to others, is given back, and can be taken by another then', async () => {
		const id = await add();
		await take(homes[0]!, id);
		expect(JSON.stringify(await read(homes[1]!))).not.toMatch(/Home/);
		await takings.giveBack(homes[1]!, id);
		await expect(take(homes[1]!, id)).rejects.toMatchObject({ code: 'gift_taken' });
		await takings.giveBack(homes[0]!, id);
		await take(homes[1]!, id);
		expect(await read(homes[1]!)).toMatchObject([{ own: 1 }]);
	});

	it('goes with whoever is erased', async () => {
		const { couple, weddingId } = made;
		const home = { name: 'Two', language: 'en', guests: [{ name: 'Eva' }, { name: 'Tom' }] };
		const householdId = await households.add(couple, home);
		const [eva] = await db.guest.findMany({ where: { householdId }, orderBy: { position: 'asc' } });
		const id = await add();
		await take({ role: 'guest', weddingId, householdId, guestId: eva!.id }, id);
		await transaction(async (tx) => {
			await leaving.hold(weddingId, eva!.id, tx);
			await tx.guest.delete({ where: { id: eva!.id } });
		});
		const toms: Viewer = { role: 'guest', weddingId, householdId };
		expect(await read(toms)).toMatchObject([{ taken: 0 }]);
		await take(toms, id);
		await households.remove(couple, householdId);
		expect(await read(homes[0]!)).toMatchObject([{ taken: 0 }]);
	});
});

describe('what the couple sees of it', () => {
	it.each<[TakersShown, TakersShown, [number, string]]>([
		['takers', 'takers', [1, 'Home 0']],
		['takers', 'taken', [1, '']],
		['takers', 'never', [0, '']],
		['taken', 'takers', [1, '']],
		['taken', 'never', [0, '']],
		['never', 'takers', [0, '']],
		['never', 'taken', [0, '']]
	])('promised %s and looked at as %s', async (promised, now, seen) => {
		const id = await add();
		await set({ takersShown: promised });
		await take(homes[0]!, id);
		await set({ takersShown: now });
		expect(await known()).toEqual([seen]);
		// nor where they look at the guests' page
		for (const viewer of [made.couple, made.helper]) expect((await read(viewer))[0]!.taken).toBe(seen[0]);
		expect((await read(homes[1]!))[0]!.taken).toBe(1);
	});

	it('is what the page said, though they chose otherwise while it was open', async () => {
		const id = await add();
		await set({ takersShown: 'takers' });
		await take(homes[0]!, id, 1, 'never');
		expect(await known()).toEqual([[0, '']]);
		// what is said of the same gift again promises no less
		await take(homes[0]!, id, 1, 'takers');
		expect(await known()).toEqual([[0, '']]);
	});

	it('is nothing that the audit tells, or a refusal', async () => {
		const id = await add({ wanted: '3' });
		await set({ takersShown: 'never' });
		await take(homes[0]!, id, 3);
		const { version } = await gifts.get(made.couple, id);
		await gifts.edit(made.couple, id, { ...described({ wanted: '1' }), version });
		await gifts.remove(made.couple, id);
		const entries = await db.auditEntry.findMany({ where: { weddingId: made.weddingId, subjectId: id } });
		expect(entries.map(({ action }) => action).sort()).toEqual(['gift.added', 'gift.edited', 'gift.removed']);
	});
});
