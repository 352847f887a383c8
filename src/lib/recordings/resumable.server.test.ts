import { utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as tus from 'tus-js-client';
import { makeWedding } from '../../testing/fixtures.ts';
import {
	ask,
	begin,
	cuttingProxy,
	incoming,
	PIECE,
	rowsLeft,
	send,
	setStage,
	signIn,
	stage,
	stored,
	sum,
	wave
} from '../../testing/resumable.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { pathOf } from './resumable-store.server.ts';
import * as resumable from './resumable.server.ts';

vi.mock('../kernel/files/files.server.ts', { spy: true });

setStage();

const MB = 2 ** 20;

function uploadAll(content: Buffer, options: Partial<tus.UploadOptions>): Promise<tus.OnSuccessPayload> {
	return new Promise((resolve, reject) => {
		new tus.Upload(content, {
			chunkSize: MB,
			metadata: { filename: 'toast.wav', title: 'The toast' },
			retryDelays: Array(200).fill(20),
			onError: reject,
			onSuccess: resolve,
			...options
		}).start();
	});
}

describe('a resumable upload', () => {
	it('is the same file after thirty cuts at random, and one recording', { timeout: 120_000 }, async () => {
		const content = wave(24 * MB + 12_345);
		const proxy = await cuttingProxy(30, 900_000);
		const { lastResponse } = await uploadAll(content, { endpoint: proxy.url });
		expect(proxy.left()).toBeLessThanOrEqual(0);
		proxy.server.close();
		expect(lastResponse.getHeader('content-location')).toMatch(/^\/recordings\//);
		expect(decodeURIComponent(lastResponse.getHeader('recording-title')!)).toBe('The toast');
		expect(await stored()).toEqual([sum(content)]);
	});

	it('whose last answer was lost says so when it is asked, and stays one recording', async () => {
		const content = wave(5000);
		const path = await begin(content.length);
		expect((await send(path, 0, content)).status).toBe(204);
		for (const _ of [1, 2]) {
			const again = await ask('HEAD', path);
			expect(again.headers.get('upload-offset')).toBe('5000');
			expect(again.headers.get('content-location')).toMatch(/^\/recordings\//);
		}
		expect((await send(path, 0, content)).status).toBe(409);
		expect((await ask('DELETE', path)).status).toBe(400);
		expect(await stored()).toEqual([sum(content)]);
		expect(await incoming()).toBe(0);
	});

	it('that became a recording just before the process died is one', async () => {
		const content = wave(5000);
		const path = await begin(content.length);
		await send(path, 0, content);
		await db.upload.update({ where: { id: path.slice(1) }, data: { isStored: false } });
		expect((await ask('HEAD', path)).headers.get('upload-offset')).toBe('5000');
		expect(await stored()).toHaveLength(1);
		expect(await rowsLeft()).toBe(0);
	});

	it('keeps what has come in when its connection is cut, or another asks for it', async () => {
		const path = await begin(3 * MB);
		const { port } = new URL(stage.address);
		const socket = connect(Number(port), '127.0.0.1');
		const head = [`PATCH /api/uploads${path} HTTP/1.1`, 'host: x', `content-length: ${3 * MB}`];
		for (const [name, value] of Object.entries({ ...PIECE, 'upload-offset': '0' }))
			head.push(`${name}: ${value}`);
		socket.write(`${head.join('\r\n')}\r\n\r\n`);
		socket.write(Buffer.alloc(MB, 1));
		// the first still holds on, as one on a connection that nobody hears of any more
		await expect.poll(async () => (await ask('HEAD', path)).headers.get('upload-offset')).toBe(String(MB));
		expect((await send(path, MB, Buffer.alloc(2 * MB, 1))).status).toBe(415);
		socket.destroy();
	});

	it('takes one of two pieces that come at once', async () => {
		const content = wave(2 * MB);
		const path = await begin(content.length);
		const both = await Promise.all([send(path, 0, content), send(path, 0, content)]);
		expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
		// the first is told to come to an end
		const offset = Number((await ask('HEAD', path)).headers.get('upload-offset'));
		if (offset < content.length) await send(path, offset, content.subarray(offset));
		expect(await stored()).toEqual([sum(content)]);
	});

	it('may say its length at the end', async () => {
		const content = wave(4000);
		const path = await begin('later');
		expect((await send(path, 0, content.subarray(0, 1000))).status).toBe(204);
		const last = await send(path, 1000, content.subarray(1000), { 'upload-length': '4000' });
		expect(last.status).toBe(204);
		expect(await stored()).toEqual([sum(content)]);
	});

	it('is listed for its owner until it is done', async () => {
		const metadata = ['filename', 'lastModified']
			.map((name, n) => `${name} ${btoa(['a.wav', '7'][n]!)}`)
			.join();
		const { headers } = await ask('POST', '', { 'upload-length': '50', 'upload-metadata': metadata });
		const id = headers.get('location')!.split('/').at(-1)!;
		await send(`/${id}`, 0, Buffer.alloc(20));
		const listed = [{ id, name: 'a.wav', bytes: 50, sentBytes: 20, lastModified: 7 }];
		expect(await resumable.unfinished(stage.wedding.couple)).toEqual(listed);
		expect(await resumable.unfinished(stage.wedding.helper)).toEqual([]);
	});
});

describe('refused is', () => {
	it('what is not of this person, in every way', async () => {
		const path = await begin();
		stage.viewer = stage.wedding.helper;
		const head = await ask('HEAD', path);
		expect([head.status, head.headers.get('upload-offset')]).toEqual([404, null]);
		expect((await send(path, 0, Buffer.alloc(10))).status).toBe(404);
		expect((await ask('DELETE', path)).status).toBe(404);
		// the last part of the stage.address is not what is meant
		const own = await begin();
		expect((await ask('DELETE', `${own}?x=${path}`)).status).toBe(204);
		const other = await makeWedding();
		stage.viewer = other.couple;
		expect((await ask('HEAD', path)).status).toBe(404);
		stage.viewer = stage.wedding.guest;
		expect((await ask('HEAD', path)).status).toBe(403);
		stage.viewer = stage.wedding.stranger;
		expect((await ask('POST', '', { 'upload-length': '9' })).status).toBe(401);
		stage.viewer = stage.wedding.couple;
		expect((await ask('HEAD', path)).headers.get('upload-offset')).toBe('0');
	});

	it('a wrong offset, another version, and too much', async () => {
		const path = await begin();
		expect((await send(path, 7, Buffer.alloc(10))).status).toBe(409);
		expect((await ask('HEAD', path, { 'tus-resumable': '0.2.2' })).status).toBe(412);
		expect((await send(path, 0, Buffer.alloc(101))).status).toBe(413);
		settings.UPLOAD_LIMIT = 1000;
		const large = await ask('POST', '', { 'upload-length': '1001' });
		expect([large.status, await large.json()]).toEqual([413, { code: 'upload_too_large' }]);
		const deferred = await begin('later');
		expect((await send(deferred, 0, Buffer.alloc(1001))).status).toBe(413);
		expect((await send(deferred, 0, Buffer.alloc(10), { 'upload-length': '1001' })).status).toBe(413);
		expect(large.headers.get('access-control-allow-origin')).toBeNull();
		expect((await ask('HEAD', path)).headers.get('access-control-allow-origin')).toBeNull();
	});

	it('before it begins: no room on the disk, a title that is too long, nothing at all', async () => {
		vi.mocked(files.freeBytes).mockResolvedValueOnce(2 ** 30 + 99);
		expect((await ask('POST', '', { 'upload-length': '100' })).status).toBe(507);
		const title = `title ${btoa('x'.repeat(201))}`;
		expect((await ask('POST', '', { 'upload-length': '9', 'upload-metadata': title })).status).toBe(422);
		expect((await ask('POST', '', { 'upload-length': '0' })).status).toBe(400);
		expect(await rowsLeft()).toBe(0);
	});

	it('what is no sound, and nothing of it stays', async () => {
		const path = await begin(30);
		expect((await send(path, 0, Buffer.from('<!doctype html>'.repeat(2)))).status).toBe(415);
		expect((await ask('HEAD', path)).status).toBe(404);
		expect([await rowsLeft(), await incoming()]).toEqual([0, 0]);
	});

	it('the end of an upload whose session is over, until there is a new one', async () => {
		const content = wave(3000);
		const path = await begin(content.length);
		await send(path, 0, content.subarray(0, 2000));
		await db.session.deleteMany({ where: { weddingId: stage.wedding.weddingId } });
		expect((await send(path, 2000, content.subarray(2000))).status).toBe(401);
		expect(await stored()).toEqual([]);
		stage.session = await signIn(stage.wedding.couple);
		expect((await ask('HEAD', path)).headers.get('content-location')).toMatch(/^\/recordings\//);
		expect(await stored()).toEqual([sum(content)]);
	});
});

it('swept is what nobody went on with for a day, and files of nobody', async () => {
	const [old, young] = [await begin(), await begin()];
	const dayAgo = new Date(Date.now() - 25 * 3600_000);
	await db.upload.update({ where: { id: old.slice(1) }, data: { touchedAt: dayAgo } });
	const lost = await pathOf(old.slice(1).replace(/^./, 'f'));
	await writeFile(lost, 'x');
	await utimes(lost, dayAgo, dayAgo);
	await utimes(dirname(lost), dayAgo, dayAgo);
	await files.sweep(new Set());
	expect(await resumable.sweep()).toBe(2);
	expect((await ask('HEAD', old)).status).toBe(404);
	expect((await ask('HEAD', young)).status).toBe(200);
	expect(await incoming()).toBe(1);
	await ask('DELETE', young);
});
