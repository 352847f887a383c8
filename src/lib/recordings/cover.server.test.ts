import { beforeAll, expect, it } from 'vitest';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRecordings, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as cover from './cover.server.ts';
import * as recordings from './recordings.server.ts';

const unknown = expect.objectContaining({ status: 404, code: 'recording_unknown' });
const ask = (headers = {}) => new Request('http://localhost/cover', { headers });

let here: Awaited<ReturnType<typeof makeWedding>>;
let id: string;
let bare: string;

beforeAll(async () => {
	here = await makeWedding();
	[id, bare] = (await makeRecordings(here.weddingId, ['vows', 'toast'])) as [string, string];
	const path = join(await mkdtemp(join(tmpdir(), 'vowtape-cover-')), 'cover');
	await writeFile(path, 'a picture');
	await chmod(path, 0o640);
	await files.keepCopy(path, id, 'cover.jpg');
	await db.recording.update({ where: { id }, data: { hasCover: true } });
});

it('is a picture for whoever may hear the recording, kept by their browser alone', async () => {
	const answer = await cover.answer(here.guest, id, ask());
	expect(await answer.text()).toBe('a picture');
	expect(Object.fromEntries(answer.headers)).toMatchObject({
		'content-type': 'image/jpeg',
		'cache-control': 'private, no-cache',
		'x-content-type-options': 'nosniff'
	});
	const etag = answer.headers.get('etag')!;
	expect((await cover.answer(here.guest, id, ask({ 'if-none-match': etag }))).status).toBe(304);
});

it('is not there for strangers, other weddings, or while it is hidden, nor where there is none', async () => {
	const { guest, stranger, couple } = here;
	await expect(cover.answer(stranger, id, ask())).rejects.toEqual(unknown);
	await expect(cover.answer((await makeWedding()).couple, id, ask())).rejects.toEqual(unknown);
	await expect(cover.answer(guest, bare, ask())).rejects.toEqual(unknown);
	await recordings.hide(couple, id);
	await expect(cover.answer(guest, id, ask())).rejects.toEqual(unknown);
	expect((await cover.answer(couple, id, ask())).status).toBe(200);
});
