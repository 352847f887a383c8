import { describe, expect, it, vi } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { ask, begin, send, setStage, stage, stored, sum, wave } from '../../testing/resumable.ts';
import { settings } from '../kernel/settings.server.ts';
import { db } from '../kernel/db/db.server.ts';
import { log } from '../kernel/log/log.server.ts';
import * as copies from './copies.server.ts';
import * as overview from './overview.server.ts';
import * as quota from './quota.server.ts';
import * as recordings from './recordings.server.ts';
import * as uploads from './uploads.server.ts';

setStage();

describe('the quota of a wedding', () => {
	it('is never exceeded by uploads at once, and what is given up is free again', async () => {
		settings.UPLOAD_QUOTA = 1000;
		const tries = Array.from({ length: 12 }, () => ask('POST', '', { 'upload-length': '300' }));
		const answers = await Promise.all(tries);
		const taken = answers.filter(({ status }) => status === 201);
		expect(taken).toHaveLength(3);
		const full = answers.find(({ status }) => status === 413)!;
		expect(await full.json()).toEqual({ code: 'quota_full' });
		await ask('DELETE', taken[0]!.headers.get('location')!.replace('/api/uploads', ''));
		expect((await ask('POST', '', { 'upload-length': '300' })).status).toBe(201);
	});

	it('holds for forms beside them', async () => {
		settings.UPLOAD_QUOTA = 9000;
		await begin(5000);
		const form = (bytes: number) => {
			const body = new FormData();
			body.set('file', new File([wave(bytes)], 'a.wav'));
			return new Request(stage.address, { method: 'POST', body });
		};
		const upload = async (bytes: number) =>
			uploads.finish(stage.viewer, await uploads.receive(stage.viewer, form(bytes)), stage.session);
		const refusal = expect.objectContaining({ status: 413, code: 'quota_full' });
		await expect(upload(5000)).rejects.toEqual(refusal);
		await upload(3500);
		await expect(upload(3500)).rejects.toEqual(refusal);
		expect(await stored()).toHaveLength(1);
	});

	it('is said to the couple and the maintainer when most of it is taken, once', async () => {
		const { couple, weddingId } = stage.wedding;
		expect(await quota.room(couple)).toBeNull();
		const warned = vi.spyOn(log, 'warn');
		const upload = async (bytes: number) => {
			const content = wave(bytes);
			const path = await begin(bytes);
			expect((await send(path, 0, content)).status).toBe(204);
		};
		settings.UPLOAD_QUOTA = 10_000;
		await upload(7000);
		expect(await quota.room(couple)).toEqual({ usedBytes: 7000, quotaBytes: 10_000, isNearlyFull: false });
		expect(warned).not.toHaveBeenCalled();
		await upload(1500);
		await upload(100);
		expect((await quota.room(couple))?.isNearlyFull).toBe(true);
		const told = warned.mock.calls.filter(([, text]) => String(text).includes('UPLOAD_QUOTA'));
		expect(told).toEqual([[expect.objectContaining({ weddingId, stored: 8500 }), expect.any(String)]]);
		const { tasks } = await overview.look(couple);
		expect(tasks.map(({ title }) => title)).toEqual(['Make room for recordings']);
	});
});

it('a file that is there twice is asked about, until both are wanted', async () => {
	const { couple, weddingId } = stage.wedding;
	const content = wave(3000);
	for (const _ of [1, 2]) await send(await begin(3000), 0, content);
	const sames = async () => (await recordings.all(couple)).map(({ sameAs }) => sameAs?.id ?? null);
	expect(await sames()).toEqual([null, null]);
	await db.recording.updateMany({ where: { weddingId }, data: { sha256: Buffer.from(sum(content), 'hex') } });
	const [first, second] = await recordings.all(couple);
	expect(await sames()).toEqual([null, first!.id]);
	await copies.keep((await makeWedding()).couple, second!.id);
	expect(await sames()).toEqual([null, first!.id]);
	await copies.keep(couple, second!.id);
	expect(await sames()).toEqual([null, null]);
});
