import { beforeEach, expect, it, vi } from 'vitest';
import { makeWedding } from '../../fixtures.ts';
import { cached } from './cache.server.ts';
import { db, pool } from './db.server.ts';

let id: string;
let asked: number;
beforeEach(async () => {
	id = (await makeWedding()).weddingId;
	asked = 0;
});

const place = async (weddingId: string) => {
	asked++;
	return (await db.wedding.findUniqueOrThrow({ where: { id: weddingId } })).place;
};
const same = (key: string) => key;
const moveTo = (place: string) => db.wedding.update({ where: { id }, data: { place } });

it('asks once for as long as nothing is written', async () => {
	const read = cached(same, place);
	// the tests beside this one write to the same Postgres
	const between = { timeout: 5000, interval: 1 };
	await vi.waitFor(async () => {
		asked = 0;
		for (let time = 0; time < 3; time++) await read(id);
		expect(asked).toBeLessThan(3);
	}, between);
});

it('keeps the answers to different keys apart', async () => {
	const read = cached(same, async (key) => key);
	expect(await Promise.all(['a', 'b', 'a'].map(read))).toEqual(['a', 'b', 'a']);
});

it('never gives what was true before a write', async () => {
	const read = cached(same, place);
	for (let n = 0; n < 100; n++) {
		await moveTo(`Hall ${n}`);
		expect(await read(id)).toBe(`Hall ${n}`);
	}
});

it('gives what another transaction writes from its commit on', async () => {
	const read = cached(same, place);
	await moveTo('Utrecht');
	const other = await pool.connect();
	try {
		await other.query('BEGIN');
		await other.query('UPDATE wedding SET place = $2 WHERE id = $1', [id, 'Gouda']);
		for (let time = 0; time < 3; time++) expect(await read(id)).toBe('Utrecht');
		await other.query('COMMIT');
		expect(await read(id)).toBe('Gouda');
	} finally {
		other.release(true);
	}
});

it('does not keep an answer that was overtaken by a write', async () => {
	const slow = Promise.withResolvers<void>();
	const read = cached(same, async (weddingId) => {
		const found = await place(weddingId);
		if (found === 'Utrecht') await slow.promise;
		return found;
	});
	await moveTo('Utrecht');
	const early = read(id);
	await vi.waitUntil(() => asked);
	await moveTo('Gouda');
	expect(await read(id)).toBe('Gouda');
	slow.resolve();
	expect(await early).toBe('Utrecht');
	expect(await read(id)).toBe('Gouda');
});

it('asks again after a failure', async () => {
	const away = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue('there');
	const read = cached(same, away);
	await expect(read('a')).rejects.toThrow('away');
	expect(await read('a')).toBe('there');
});
