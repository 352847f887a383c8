import { expect, it, vi } from 'vitest';
import * as limits from './limits.server.ts';

const key = () => crypto.randomUUID();

it('lets through as many as it says, and then says how long to wait', async () => {
	const one = key();
	for (let i = 0; i < 3; i++) await limits.take('test', one, 3, 600);
	await expect(limits.take('test', one, 3, 600)).rejects.toMatchObject({
		status: 429,
		code: 'too_many',
		params: { minutes: 10 },
		headers: { 'retry-after': expect.stringMatching(/^(600|59\d)$/) }
	});
	await limits.take('test', key(), 3, 600);
});

it('counts what comes at once', async () => {
	const one = key();
	const tries = await Promise.allSettled(Array.from({ length: 20 }, () => limits.take('crowd', one, 5, 600)));
	expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

it('remembers over a restart', async () => {
	const one = key();
	await limits.take('restart', one, 1, 600);
	vi.resetModules();
	const restarted = await import('./limits.server.ts');
	expect(restarted.take).not.toBe(limits.take);
	await expect(restarted.take('restart', one, 1, 600)).rejects.toMatchObject({ status: 429 });
});

it('counts a network of IPv6 as one, and IPv4 as itself however it is written', async () => {
	const [name, take] = [key(), (address: string) => limits.take(name, address, 2, 600)];
	await take('2001:db8:1:2::1');
	await take('2001:db8:1:2:ffff::2');
	await expect(take('2001:db8:1:2::3')).rejects.toMatchObject({ status: 429 });
	await take('2001:db8:1:3::1');
	await take('203.0.113.7');
	await take('::ffff:203.0.113.7');
	await expect(take('203.0.113.7')).rejects.toMatchObject({ status: 429 });
});

it('stores no address', async () => {
	await limits.take('private', '203.0.113.77', 5, 600);
	const { db } = await import('./db.server.ts');
	const rows = await db.rateLimit.findMany({ where: { key: { startsWith: 'private' } } });
	expect(rows).toHaveLength(1);
	expect(rows[0]!.key).not.toContain('203');
});

it('counts what was begun, and leaves no row for anything else', async () => {
	const one = key();
	const { db } = await import('./db.server.ts');
	const before = await db.rateLimit.count();
	expect(await limits.takeBegun('begun', one, 2)).toBe(false);
	expect(await db.rateLimit.count()).toBe(before);
	for (let time = 0; time < 2; time++) {
		await limits.begin('begun', one, 600);
		for (let i = 0; i < 2; i++) expect(await limits.takeBegun('begun', one, 2)).toBe(true);
		await expect(limits.takeBegun('begun', one, 2)).rejects.toMatchObject({ status: 429 });
	}
});

it('forgets what is over, and nothing else', async () => {
	const [old, young] = [key(), key()];
	const { db } = await import('./db.server.ts');
	await limits.take(old, '', 1, 600);
	await limits.take(young, '', 1, 600);
	await db.rateLimit.updateMany({ where: { key: { startsWith: old } }, data: { expire: 1 } });
	await limits.sweep();
	const left = await db.rateLimit.findMany({ where: { key: { contains: ':' } }, select: { key: true } });
	const names = left.map(({ key }) => key.split(':')[0]);
	expect([names.includes(old), names.includes(young)]).toEqual([false, true]);
});

it('lets one pass at a time, and the next only after the pause', async () => {
	const name = key();
	const start = Date.now();
	await Promise.all([1, 2, 3].map(() => limits.pace(name, 0.2)));
	// however late each of them notices: the third cannot pass before two pauses are over
	expect(Date.now() - start).toBeGreaterThanOrEqual(400);
});
