import { describe, expect, it } from 'vitest';
import { makeRecordings, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as recordings from './recordings.server.ts';
import { ResultsForm } from './recording.schema.ts';
import * as results from './results.server.ts';
import * as scores from './scores.server.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

async function makeScored() {
	const wedding = await makeWedding();
	const { weddingId, guest, riet, wim } = wedding;
	const ids = await makeRecordings(weddingId, ['vows', 'toast', 'waltz']);
	const [vows, toast] = ids as [string, string, string];
	await scores.give(guest, vows, { guestId: riet.id, stars: 5 });
	await scores.give(guest, vows, { guestId: wim.id, stars: 2 });
	await scores.give(guest, toast, { guestId: riet.id, stars: 4 });
	return { ...wedding, vows, toast };
}

describe('the averages', () => {
	it('are shown to guests as the couple chooses: never, always, or from a time on', async () => {
		const { couple, guest, vows, toast } = await makeScored();
		const found = { [vows]: { average: 3.5, scored: 2 }, [toast]: { average: 4, scored: 1 } };
		const choose = (resultsShown: 'never' | 'always' | 'from', resultsFrom?: string) =>
			results.choose(couple, { resultsShown, resultsFrom, areCommentsOpen: false });

		expect(await scores.seen(guest)).toBeNull();
		expect(await results.settings(couple)).toEqual({
			...{ resultsShown: 'never', resultsFrom: null, areCommentsOpen: false }
		});
		await choose('always');
		expect(await scores.seen(guest)).toEqual({ guests: 2, of: found });
		await choose('from', '2066-06-12T18:00');
		expect(await results.settings(couple)).toMatchObject({ resultsFrom: new Date('2066-06-12T16:00Z') });
		expect(await scores.seen(guest)).toBeNull();
		await choose('from', '2020-06-12T18:00');
		expect(await scores.seen(guest)).toEqual({ guests: 2, of: found });
		await choose('never');
		expect(await scores.seen(guest)).toBeNull();
	});

	it('of what is hidden are the couple’s alone', async () => {
		const { couple, guest, vows, toast } = await makeScored();
		await results.choose(couple, { resultsShown: 'always', areCommentsOpen: false });
		await recordings.hide(couple, vows);
		expect(Object.keys((await scores.seen(guest))!.of)).toEqual([toast]);
		expect(Object.keys((await scores.seen(couple))!.of).sort()).toEqual([vows, toast].sort());
	});

	it('are shown by nobody else than the couple of this wedding', async () => {
		const { weddingId, guest, helper, stranger } = await makeScored();
		const always = { resultsShown: 'always' as const, areCommentsOpen: true };
		for (const viewer of [guest, helper])
			await expect((async () => results.choose(viewer, always))()).rejects.toEqual(
				refusal(403, 'not_allowed')
			);
		await expect((async () => results.choose(stranger, always))()).rejects.toEqual(refusal(401, 'sign_in'));
		await expect(scores.seen(stranger)).rejects.toEqual(refusal(401, 'sign_in'));
		await results.choose((await makeWedding()).couple, always);
		expect(await scores.seen(guest)).toBeNull();
		expect(await db.auditEntry.count({ where: { weddingId, action: 'recordings.results_chosen' } })).toBe(0);
	});

	it('need a time where they are to be shown from one', () => {
		const { error } = ResultsForm.safeParse({ resultsShown: 'from', resultsFrom: '' });
		expect(error!.issues).toMatchObject([{ path: ['resultsFrom'], message: 'wall_time' }]);
		expect(ResultsForm.safeParse({ resultsShown: 'from', resultsFrom: '2027-02-30T10:00' }).success).toBe(
			false
		);
		expect(ResultsForm.parse({ resultsShown: 'never', resultsFrom: '' })).toEqual({
			resultsShown: 'never',
			areCommentsOpen: false
		});
	});
});

describe('the ranking', () => {
	it('has the most loved first, and how many gave how many stars', async () => {
		const { helper, guest, vows, toast } = await makeScored();
		expect(await results.ranking(helper)).toEqual([
			{ id: toast, title: 'toast', average: 4, scored: 1, counts: [0, 0, 0, 1, 0] },
			{ id: vows, title: 'vows', average: 3.5, scored: 2, counts: [0, 1, 0, 0, 1] }
		]);
		expect(await results.ranking((await makeWedding()).couple)).toEqual([]);
		await expect((async () => results.ranking(guest))()).rejects.toEqual(refusal(403, 'not_allowed'));
	});
});
