import { expect, it } from 'vitest';
import { makeRecordings, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as comments from './comments.server.ts';
import * as recordings from './recordings.server.ts';
import { Commented } from './recording.schema.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
const unknown = refusal(404, 'recording_unknown');

async function makeOpen() {
	const wedding = await makeWedding();
	const { weddingId } = wedding;
	const [id] = (await makeRecordings(weddingId, ['vows'])) as [string];
	await db.recordingSettings.create({ data: { weddingId, areCommentsOpen: true } });
	return { ...wedding, id };
}

it('is one line a guest, to be changed and taken back, for all to read', async () => {
	const { guest, couple, riet, wim, id } = await makeOpen();
	const said = async () =>
		(await comments.list(guest, id)).comments.map(({ name, text }) => `${name}: ${text}`);
	await comments.write(guest, id, { guestId: riet.id, text: 'I cried' });
	await comments.write(guest, id, { guestId: wim.id, text: 'Me too' });
	await comments.write(guest, id, { guestId: riet.id, text: 'I laughed' });
	expect(await said()).toEqual(['Riet: I laughed', 'Wim: Me too']);
	await comments.takeBack(guest, id, riet.id);
	await comments.takeBack(guest, id, riet.id);
	expect(await said()).toEqual(['Wim: Me too']);
	await comments.remove(couple, id, wim.id);
	expect(await said()).toEqual([]);
});

it('is nothing that guests write or read until the couple opens it; the couple sees what there is', async () => {
	const { weddingId, guest, couple, riet, id } = await makeOpen();
	await comments.write(guest, id, { guestId: riet.id, text: 'I cried' });
	await db.recordingSettings.update({ where: { weddingId }, data: { areCommentsOpen: false } });
	const line = { guestId: riet.id, text: 'again' };
	await expect(comments.write(guest, id, line)).rejects.toEqual(refusal(409, 'comments_closed'));
	expect(await comments.list(guest, id)).toEqual({ isOpen: false, comments: [] });
	expect(await comments.list(couple, id)).toMatchObject({ isOpen: false, comments: [{ text: 'I cried' }] });
});

it('is refused for other households and weddings, and for what is hidden, and changes nothing', async () => {
	const { guest, couple, helper, stranger, riet, id } = await makeOpen();
	const elsewhere = await makeOpen();
	const line = { guestId: riet.id, text: 'I cried' };
	await comments.write(guest, id, line);
	const other = { ...guest, householdId: elsewhere.household.id };
	for (const viewer of [elsewhere.guest, other]) {
		await expect(comments.write(viewer, id, { ...line, text: 'no' })).rejects.toEqual(unknown);
		await comments.takeBack(viewer, id, riet.id);
	}
	await comments.remove(elsewhere.couple, id, riet.id);
	expect((await comments.list(elsewhere.couple, id)).comments).toEqual([]);
	await expect((async () => comments.remove(guest, id, riet.id))()).rejects.toEqual(
		refusal(403, 'not_allowed')
	);
	for (const viewer of [couple, helper])
		await expect(comments.write(viewer, id, line)).rejects.toEqual(refusal(403, 'not_allowed'));
	await expect(comments.list(stranger, id)).rejects.toEqual(refusal(401, 'sign_in'));
	await recordings.hide(couple, id);
	await expect(comments.write(guest, id, line)).rejects.toEqual(unknown);
	expect((await comments.list(couple, id)).comments).toMatchObject([{ text: 'I cried' }]);
});

it('has its limits: 500 signs, and 60 an hour of one household', async () => {
	const { guest, riet, id } = await makeOpen();
	const guestId = riet.id;
	for (const text of ['', ' ', 'x'.repeat(501)])
		expect(Commented.safeParse({ guestId, text }).success).toBe(false);
	for (let n = 0; n < 60; n++) await comments.write(guest, id, { guestId, text: `${n}` });
	await expect(comments.write(guest, id, { guestId, text: 'more' })).rejects.toMatchObject({ status: 429 });
});
