import { afterEach, expect, it } from 'vitest';
import { makeScore, makeWedding } from '../../testing/fixtures.ts';
import { db } from './db/db.server.ts';
import { all, furnish } from './domain.ts';
import * as facts from './facts.server.ts';

const house = all();
afterEach(() => furnish(house));

it('a question is answered by the domain that knows, as it is in the transaction that asks', async () => {
	const { riet, guest } = await makeWedding();
	const ask = (tx?: Parameters<typeof facts.ask>[2]) => facts.ask(guest, 'recordings.count', tx);
	const undone = new Error('undone');
	const inside = db.$transaction(async (tx) => {
		const { weddingId } = guest;
		const file = { originalName: 'toast.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true, bytes: 1 };
		await tx.recording.create({
			data: { ...file, state: 'ready', weddingId, title: 'Toast', position: 1, durationSeconds: 6 }
		});
		expect([await ask(tx), await ask()]).toEqual([1, 0]);
		throw undone;
	});
	await expect(inside).rejects.toBe(undone);
	expect(await ask()).toBe(0);
	await makeScore(guest, riet.id);
	expect(await ask()).toBe(1);
});

it('a question that nobody answers is a bug, and not a no', async () => {
	const { guest } = await makeWedding();
	furnish(house.map(({ facts: _, ...domain }) => domain));
	expect(() => facts.ask(guest, 'recordings.count')).toThrow('no domain answers recordings.count');
});

it('news are heard by every domain that wants them, and one that refuses undoes all', async () => {
	const { couple, household } = await makeWedding();
	const heard: string[] = [];
	const hear = (name: string) => async () => void heard.push(name);
	const [first, ...others] = house;
	const listening = (hears: object) =>
		furnish([{ ...first!, hears }, ...others.map((one) => ({ ...one, hears: {} }))]);
	const rename = (name: string) =>
		db.$transaction(async (tx) => {
			await tx.household.update({ where: { id: household.id }, data: { name } });
			await facts.announce(couple, 'tag.removed', { id: household.id }, tx);
		});
	listening({ 'tag.removed': hear('removed'), 'tag.merged': hear('merged') });
	await rename('told');
	expect(heard).toEqual(['removed']);
	listening({ 'tag.removed': () => Promise.reject(new Error('needed')) });
	await expect(rename('refused')).rejects.toThrow('needed');
	expect(await db.household.findUnique({ where: { id: household.id } })).toMatchObject({ name: 'told' });
});
