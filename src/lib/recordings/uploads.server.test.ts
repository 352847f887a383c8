import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { forgetRemoved } from '../../testing/removal.ts';
import { eachStore, type TestStore } from '../../testing/stores.ts';
import { after } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { DiskFile } from '../kernel/files/disk-file.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { system } from '../weddings/system.ts';
import * as recordings from './recordings.server.ts';
import * as uploads from './uploads.server.ts';

vi.mock('../kernel/files/files.server.ts', { spy: true });

const AUDIO = join(import.meta.dirname, '../../testing/sounds');
const sample = (name: string) => readFile(join(AUDIO, name));
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let wedding: Wedding;
let session: { secret: string; host: string };

beforeAll(() => acceptJobs());

beforeEach(async () => {
	wedding = await makeWedding();
	session = { secret: makeSecret(), host: `${wedding.mark}.example` };
	const { weddingId, couple } = wedding;
	const { accountId } = couple;
	await db.session.create({
		data: { weddingId, accountId, secretHash: digest(session.secret), expiresAt: after(60) }
	});
});

function form(
	name: string,
	content: Buffer<ArrayBuffer> | string,
	fields: Record<string, string> = {},
	fileFirst = true
) {
	const body = new FormData();
	const file = () => body.set('file', new File([content], name, { type: 'audio/mpeg' }));
	if (fileFirst) file();
	for (const [field, value] of Object.entries(fields)) body.set(field, value);
	if (!fileFirst) file();
	return new Request('http://localhost:3000/api/upload', { method: 'POST', body });
}

async function upload(request: Request, viewer: Viewer = wedding.couple) {
	return uploads.finish(viewer, await uploads.receive(viewer, request), session);
}

const count = () => db.recording.count({ where: { weddingId: wedding.weddingId } });

async function leavesNothing({ names }: TestStore, attempt: () => Promise<unknown>, problem: unknown) {
	const before = await names();
	await expect(attempt()).rejects.toEqual(problem);
	expect(await names()).toEqual(before);
	expect(await count()).toBe(0);
	expect(await db.auditEntry.count({ where: { weddingId: wedding.weddingId } })).toBe(0);
}

const anUpload = ({ names }: TestStore) => {
	it.each([
		['auguri-24bit-stereo.wav', true],
		['auguri-24bit.flac', true],
		['auguri.aiff', false],
		['groet-adpcm.wav', false],
		['groet-tiny-8k.mp3', true],
		['groet.aac', true],
		['iphone-memo.qta', false],
		['toast-phone.m4a', true],
		['toast-recorder-no-duration.webm', true],
		['toast-voice.ogg', true],
		['waltz-stereo.ogg', true]
	])('of %s is kept as it is, and waits to be made ready', async (name, plays) => {
		const recording = await upload(form(name, await sample(name)));
		expect(recording).toMatchObject({ plays, originalName: name, position: 1, state: 'waiting' });
		const stored = await files.find(recording.id, recording.format);
		const kept = await buffer(stored.read(0, stored.bytes - 1));
		expect(kept.equals(await sample(name))).toBe(true);
		expect(recording.bytes).toBe(kept.length);
	});

	it('takes its fields before or after the file, and its title from the file when there is none', async () => {
		const sound = await sample('waltz-stereo.ogg');
		const fields = { title: 'Waltz', moment: 'Party', speaker: 'The band', recordedOn: '2027-06-12' };
		const shown = { ...fields, recordedOn: new Date('2027-06-12') };
		expect(await upload(form('a.ogg', sound, fields))).toMatchObject(shown);
		expect(await upload(form('a.ogg', sound, fields, false))).toMatchObject({ ...shown, position: 2 });
		expect(await upload(form('de_laatste_wals.ogg', sound))).toMatchObject({ title: 'de laatste wals' });
		expect(await upload(form('.ogg', sound))).toMatchObject({ title: expect.stringMatching(/./) });
	});

	it('is written down, and its fingerprint and its copy are asked for', async () => {
		const { id } = await upload(form('waltz.ogg', await sample('waltz-stereo.ogg')));
		const [entry] = await db.auditEntry.findMany({ where: { weddingId: wedding.weddingId } });
		expect(entry).toMatchObject({
			action: 'recording.added',
			subjectId: id,
			accountId: wedding.couple.accountId
		});
		const jobs = await db.$queryRaw`SELECT data FROM jobs.job WHERE data->>'recordingId' = ${id}`;
		expect(jobs).toHaveLength(2);
	});

	it('that is sent again with its key gives the recording that is there', async () => {
		const again = async () =>
			form('waltz.ogg', await sample('waltz-stereo.ogg'), { uploadKey: 'one-and-only' });
		const first = await upload(await again());
		const before = await names();
		expect(await upload(await again())).toMatchObject({ id: first.id });
		expect(await names()).toEqual(before);

		const other = { uploadKey: 'two-at-once' };
		const sound = await sample('waltz-stereo.ogg');
		const both = await Promise.all([1, 2, 3].map(() => upload(form('waltz.ogg', sound, other))));
		expect(new Set(both.map(({ id }) => id)).size).toBe(1);
		expect(await count()).toBe(2);
		expect(await names()).toHaveLength(before.length + 1);
	});

	it('removes its file once its recording cannot be put back any more', async () => {
		const before = await names();
		const { id } = await upload(form('waltz.ogg', await sample('waltz-stereo.ogg')));
		await recordings.remove(wedding.couple, id);
		await forgetRemoved(wedding.weddingId);
		expect(await names()).toEqual(before);
	});
};

const whatIsRefused = (store: TestStore) => {
	it('of strangers and guests, without a look at the body', async () => {
		const { stranger, guest } = wedding;
		for (const [viewer, status, code] of [
			[stranger, 401, 'sign_in'],
			[guest, 403, 'not_allowed']
		] as const) {
			const request = form('waltz.ogg', await sample('waltz-stereo.ogg'));
			await expect(uploads.receive(viewer, request)).rejects.toEqual(refusal(status, code));
			expect(request.bodyUsed).toBe(false);
		}
	});

	it.each([
		['html.mp3', '<!doctype html><title>Hi</title><script>alert(1)</script>'],
		['drawing.mp3', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
		['program.mp3', `MZ${'\0'.repeat(400)}`],
		['archive.mp3', `PK\x03\x04${'\0'.repeat(400)}`]
	])('%s, which is something else', async (name, content) => {
		await leavesNothing(store, () => upload(form(name, content)), refusal(415, 'not_audio'));
	});

	it('when what was typed does not fit', async () => {
		const sound = await sample('waltz-stereo.ogg');
		const refused = refusal(422, 'upload_details');
		await leavesNothing(store, () => upload(form('a.ogg', sound, { title: 'x'.repeat(201) })), refused);
		await leavesNothing(store, () => upload(form('a.ogg', sound, { recordedOn: 'yesterday' })), refused);
	});

	it('of someone who lost their place while it was coming in', async () => {
		const sound = await sample('waltz-stereo.ogg');
		await leavesNothing(
			store,
			async () => {
				const received = await uploads.receive(wedding.couple, form('a.ogg', sound));
				await db.member.deleteMany({ where: { accountId: wedding.couple.accountId } });
				await uploads.finish(wedding.couple, received, session);
			},
			refusal(401, 'sign_in')
		);
	});

	it('when the wedding was erased after the file was moved to its place', async () => {
		const sound = await sample('waltz-stereo.ogg');
		await leavesNothing(
			store,
			async () => {
				const { file, fields } = await uploads.receive(wedding.couple, form('a.ogg', sound));
				const nowhere = system('01a1fc2d-0000-7000-8000-000000000000');
				const details = { title: 'a', moment: '', speaker: '', recordedOn: null, uploadKey: null };
				await recordings.add(nowhere, file, { ...details, ...fields });
			},
			refusal(410, 'gone')
		);
	});

	it('when the disk would be full, before a byte of it is read', async () => {
		const request = form('waltz.ogg', await sample('waltz-stereo.ogg'));
		vi.mocked(files.freeBytes).mockResolvedValueOnce(2 ** 30 - 1);
		await leavesNothing(store, () => upload(request), refusal(507, 'disk_full'));
		expect(request.bodyUsed).toBe(false);
	});

	it.skipIf(process.platform !== 'linux')('when the disk is full in the middle of it', async () => {
		vi.spyOn(DiskFile, 'create').mockImplementationOnce(
			async (path) => new DiskFile(path, await open('/dev/full', 'w'))
		);
		const request = form('waltz.ogg', Buffer.alloc(3_000_000, await sample('waltz-stereo.ogg')));
		await leavesNothing(store, () => upload(request), refusal(507, 'disk_full'));
	});

	it('when it says that it is larger than the setting', async () => {
		const request = form('waltz.ogg', 'abc');
		request.headers.set('content-length', String(settings.UPLOAD_LIMIT * 2));
		await leavesNothing(store, () => upload(request), refusal(413, 'upload_too_large'));
		expect(request.bodyUsed).toBe(false);
	});
};

const anUnreachableBucket = (store: TestStore) => {
	it('that is away, and can be sent again when it is back', async () => {
		const sound = await sample('waltz-stereo.ogg');
		const before = await store.names();
		const received = await uploads.receive(wedding.couple, form('a.ogg', sound));
		await store.server()!.away();
		const attempt = uploads.finish(wedding.couple, received, session);
		await expect(attempt).rejects.toEqual(refusal(503, 'storage_away'));
		await store.server()!.back();
		expect(await store.names()).toEqual(before);
		expect(await count()).toBe(0);
		await upload(form('a.ogg', sound));
		expect(await count()).toBe(1);
	});
};

eachStore((store) => {
	describe('an upload', () => anUpload(store));
	describe('what is refused leaves nothing', () => whatIsRefused(store));
	if (store.kind === 'bucket') describe('a bucket', () => anUnreachableBucket(store));
});
