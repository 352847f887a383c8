import { beforeAll, describe, expect, it } from 'vitest';
import { makeWedding, stopAtAudit, untilWaiting } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as households from '../people/households.server.ts';
import * as scores from './scores.server.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
const unknown = refusal(404, 'recording_unknown');

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let here: Wedding;
let elsewhere: Wedding;
let shown: string;
let hidden: string;

async function record(weddingId: string, isHidden: boolean): Promise<string> {
	const file = { originalName: 'a.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true, bytes: 1 };
	const data = {
		weddingId,
		title: 'Toast',
		position: 1,
		durationSeconds: 1,
		isHidden,
		state: 'ready' as const,
		...file
	};
	return (await db.recording.create({ data })).id;
}

const given = async (weddingId: string) =>
	(await db.score.findMany({ where: { weddingId }, orderBy: { stars: 'asc' } })).map(({ stars }) => stars);

beforeAll(async () => {
	[here, elsewhere] = await Promise.all([makeWedding(), makeWedding()]);
	shown = await record(here.weddingId, false);
	hidden = await record(here.weddingId, true);
});

describe('giving', () => {
	it('is for each guest of the own household, and can be changed', async () => {
		await scores.give(here.guest, shown, { guestId: here.riet.id, stars: 2 });
		await scores.give(here.guest, shown, { guestId: here.riet.id, stars: 5 });
		await scores.give(here.guest, shown, { guestId: here.wim.id, stars: 4 });
		expect(await given(here.weddingId)).toEqual([4, 5]);
	});

	it('is refused while the household is being removed', async () => {
		const { couple, weddingId, household, guest, riet } = await makeWedding();
		const toast = await record(weddingId, false);
		const goOn = await stopAtAudit();
		const removing = households.remove(couple, household.id);
		await untilWaiting(1);
		const giving = scores.give(guest, toast, { guestId: riet.id, stars: 5 }).catch((error) => error);
		await untilWaiting(2);
		await goOn();
		await removing;
		expect(await giving).toEqual(unknown);
	});

	it('is refused for other households, other weddings and what is hidden, and changes nothing', async () => {
		const { weddingId, guest, riet } = here;
		const henk = await db.household.create({
			data: {
				...{ weddingId, name: 'Henk', language: 'nl', code: crypto.randomUUID() },
				guests: { create: { weddingId, name: 'Henk' } }
			},
			include: { guests: true }
		});
		const before = await given(weddingId);
		const attempts = [
			() => scores.give(guest, shown, { guestId: henk.guests[0]!.id, stars: 1 }),
			() => scores.give(guest, shown, { guestId: elsewhere.riet.id, stars: 1 }),
			() => scores.give(guest, hidden, { guestId: riet.id, stars: 1 }),
			() => scores.give(guest, hidden, { guestId: riet.id, stars: 0 }),
			() => scores.give(elsewhere.guest, shown, { guestId: riet.id, stars: 0 }),
			() => scores.give(elsewhere.guest, shown, { guestId: elsewhere.riet.id, stars: 1 }),
			() => scores.give(elsewhere.guest, shown, { guestId: riet.id, stars: 1 })
		];
		for (const attempt of attempts) await expect(attempt()).rejects.toEqual(unknown);
		expect(await given(weddingId)).toEqual(before);
		expect(await given(elsewhere.weddingId)).toEqual([]);
	});

	it('is not for strangers, helpers or the couple', async () => {
		const score = { guestId: here.riet.id, stars: 1 };
		await expect(scores.give(here.stranger, shown, score)).rejects.toEqual(refusal(401, 'sign_in'));
		for (const viewer of [here.helper, here.couple])
			await expect(scores.give(viewer, shown, score)).rejects.toEqual(refusal(403, 'not_allowed'));
	});

	it('takes one to five, whatever gets past the form', async () => {
		for (const stars of [6, -1])
			await expect(scores.give(here.guest, shown, { guestId: here.riet.id, stars })).rejects.toThrow();
	});
});

describe('taking back', () => {
	it('leaves no row of that guest for that recording, and the others as they are', async () => {
		const { weddingId, guest, couple, riet, wim } = await makeWedding();
		const [id, other] = [await record(weddingId, false), await record(weddingId, false)];
		const averages = async () => (await scores.averages(couple)).of;
		await scores.give(guest, id, { guestId: riet.id, stars: 5 });
		await scores.give(guest, id, { guestId: wim.id, stars: 2 });
		await scores.give(guest, other, { guestId: riet.id, stars: 4 });
		await scores.give(guest, id, { guestId: riet.id, stars: 0 });
		const four = { average: 4, scored: 1 };
		expect(await averages()).toEqual({ [id]: { average: 2, scored: 1 }, [other]: four });
		// the answer to the first time can get lost
		await scores.give(guest, id, { guestId: riet.id, stars: 0 });
		await scores.give(guest, id, { guestId: wim.id, stars: 0 });
		expect(await averages()).toEqual({ [other]: four });
		expect(await scores.own(guest, id)).toMatchObject([{ stars: null }, { stars: null }]);
	});
});

describe('reading', () => {
	it('shows a household its own, whoever signed in first', async () => {
		const { guest, riet, wim } = await makeWedding();
		expect(await scores.own(guest, shown)).toMatchObject([
			{ guestId: riet.id, stars: null },
			{ name: 'Wim' }
		]);
		expect(await scores.own({ ...guest, guestId: wim.id }, shown)).toMatchObject([
			{ name: 'Wim' },
			{ name: 'Riet' }
		]);
	});

	it('shows the couple averages, and out of how many guests', async () => {
		const { weddingId, guest, couple, helper, riet, wim } = await makeWedding();
		expect(await scores.averages(couple)).toEqual({ guests: 2, of: {} });
		const id = await record(weddingId, false);
		await scores.give(guest, id, { guestId: riet.id, stars: 5 });
		await scores.give(guest, id, { guestId: wim.id, stars: 4 });
		expect(await scores.averages(helper)).toEqual({ guests: 2, of: { [id]: { average: 4.5, scored: 2 } } });
		await expect(scores.averages(guest)).rejects.toEqual(refusal(403, 'not_allowed'));
	});
});
