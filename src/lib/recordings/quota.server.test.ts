import { describe, expect, it } from 'vitest';
import { ask, begin, setStage, stage, stored, wave } from '../../testing/resumable.ts';
import { settings } from '../kernel/settings.server.ts';
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
});
