import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeScore, makeWedding } from '../../../testing/fixtures.ts';
import { clock } from '#lib/kernel/clock.ts';
import { db } from '#lib/kernel/db/db.server.ts';
import { load } from './+page.server.ts';

let made: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => {
	made = await makeWedding();
});
afterEach(() => vi.restoreAllMocks());

async function open() {
	const wedding = await db.wedding.findUnique({ where: { id: made.weddingId } });
	const params = { code: made.household.code };
	return load({ params, locals: { viewer: made.stranger, wedding }, setHeaders: () => {} } as never);
}

it('knows as the mail does that the day is over', async () => {
	const now = vi.spyOn(clock, 'now');
	now.mockReturnValue(new Date('2066-06-12T21:59:00Z'));
	expect(await open()).toMatchObject({ isOver: false, named: 'the wedding of Anna & Ben' });
	now.mockReturnValue(new Date('2066-06-12T22:01:00Z'));
	expect(await open()).toMatchObject({ isOver: true });
});

it('reads well while the couple has not written its names', async () => {
	await db.wedding.update({ where: { id: made.weddingId }, data: { names: '' } });
	expect(await open()).toMatchObject({ named: 'our wedding' });
});

it('promises nothing to hear while there is nothing', async () => {
	expect(await open()).toMatchObject({ isHeard: false });
	await makeScore(made.guest, made.riet.id);
	expect(await open()).toMatchObject({ isHeard: true });
	await db.recording.updateMany({ where: { weddingId: made.weddingId }, data: { isHidden: true } });
	expect(await open()).toMatchObject({ isHeard: false });
});
