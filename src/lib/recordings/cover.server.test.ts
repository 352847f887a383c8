import { beforeAll, describe, expect, it } from 'vitest';
import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRecordings, makeWedding } from '../../testing/fixtures.ts';
import { forgetRemoved } from '../../testing/removal.ts';
import { drawPicture, sizeOf } from '../../testing/picture.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as cover from './cover.server.ts';
import * as ownCover from './own-cover.server.ts';
import * as programme from './programme.server.ts';
import * as recordings from './recordings.server.ts';
import { sweep } from './jobs.server.ts';

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

describe('the couple’s own', () => {
	let path: string;
	const pictures = async () => (await programme.list(here.couple)).map(({ hasCover }) => hasCover);
	const shown = async () => {
		const answer = await cover.answer(here.couple, id, ask());
		return Buffer.from(await answer.arrayBuffer());
	};
	const form = async (content: Buffer) => {
		const body = new FormData();
		body.set('file', new Blob([new Uint8Array(content)]), 'photo.png');
		return new Request('http://localhost/cover', { method: 'POST', body });
	};

	beforeAll(async () => {
		path = join(await mkdtemp(join(tmpdir(), 'vowtape-own-cover-')), 'photo.png');
		await drawPicture(path);
	});

	it('takes the place of the one in the file until it is taken away, and then that one goes', async () => {
		await ownCover.receive(here.helper, id, await form(await readFile(path)));
		expect(sizeOf(await shown())).toEqual([64, 48]);
		await ownCover.remove(here.couple, id);
		expect(String(await shown())).toBe('a picture');
		await ownCover.remove(here.couple, id);
		await expect(shown()).rejects.toEqual(unknown);
		await ownCover.remove(here.couple, id);
		const entries = await db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
		const covers = entries.map(({ action }) => action).filter((action) => action.includes('cover'));
		const removed = 'recording.cover_removed';
		expect(covers).toEqual(['recording.cover_put', removed, removed]);
	});

	it('is a file that is kept and counted as long as it is shown', async () => {
		await ownCover.receive(here.couple, bare, await form(await readFile(path)));
		expect(await pictures()).toEqual([false, true]);
		const { coverId: first } = await recordings.get(here.couple, bare);
		await ownCover.receive(here.couple, bare, await form(await readFile(path)));
		const { coverId } = await recordings.get(here.couple, bare);
		await sweep();
		await expect(files.find(first!, 'jpg')).rejects.toMatchObject({ status: 404 });
		expect((await files.find(coverId!, 'jpg')).bytes).toBeGreaterThan(0);
		await recordings.remove(here.couple, bare);
		await forgetRemoved(here.couple.weddingId);
		await expect(files.find(coverId!, 'jpg')).rejects.toMatchObject({ status: 404 });
	});

	it('is refused where it is none, or from who may not, and nothing of it stays', async () => {
		const svg = Buffer.from('<svg/>');
		const refused = ownCover.receive(here.couple, id, await form(svg));
		await expect(refused).rejects.toMatchObject({ status: 415, code: 'picture_svg' });
		expect(await readdir(await files.incomingDir())).toEqual([]);
		const [other, sent] = [await makeWedding(), await form(svg)];
		await expect(ownCover.receive(other.couple, id, sent)).rejects.toEqual(unknown);
		await expect(async () => ownCover.receive(here.guest, id, sent)).rejects.toThrow('403');
		expect(() => ownCover.remove(here.stranger, id)).toThrow('401');
	});
});
