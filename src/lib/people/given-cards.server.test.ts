import { expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { makeCode } from '../kernel/token.ts';
import * as given from './given-cards.server.ts';
import * as households from './households.server.ts';

const at = async (id: string) => (await db.household.findUniqueOrThrow({ where: { id } })).cardGivenAt;

it('is given once, by the couple, to households of theirs', async () => {
	const { couple, helper, guest, household } = await makeWedding();
	const other = await makeWedding('Eva & Tom');
	for (const viewer of [helper, guest])
		await expect(async () => given.give(viewer, [household.id])).rejects.toMatchObject({ status: 403 });
	const ids = [household.id, other.household.id];
	expect((await given.give(couple, ids)).given).toBe(1);
	expect(await at(household.id)).not.toBeNull();
	expect(await at(other.household.id)).toBeNull();
	expect((await given.give(couple, ids)).given).toBe(0);
});

it('is taken back by one, or all that were given at once', async () => {
	const { couple, guest, household } = await makeWedding();
	const { id } = await db.household.create({
		data: {
			weddingId: couple.weddingId,
			name: 'Tom',
			language: 'en',
			code: makeCode(12)
		}
	});
	await given.give(couple, [id]);
	const second = await given.give(couple, [household.id, id]);
	await expect(async () => given.undo(guest, second.at)).rejects.toMatchObject({ status: 403 });
	expect(await given.undo(couple, second.at)).toEqual({ taken: 1 });
	expect([await at(household.id), await at(id)]).toEqual([null, expect.any(Date)]);
	await expect(async () => given.take(guest, id)).rejects.toMatchObject({ status: 403 });
	expect(await given.take(couple, id)).toEqual({ taken: 1 });
	expect(await given.take(couple, id)).toEqual({ taken: 0 });
	expect(await at(id)).toBeNull();
});

it('has to be given again when there is a new code', async () => {
	const { couple, household } = await makeWedding();
	await given.give(couple, [household.id]);
	await households.renew(couple, household.id);
	expect(await at(household.id)).toBeNull();
});
