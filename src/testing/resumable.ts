import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { after } from '#lib/kernel/clock.ts';
import { asProblem, db } from '#lib/kernel/db/db.server.ts';
import * as files from '#lib/kernel/files/files.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { digest, makeSecret } from '#lib/kernel/token.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import { acceptJobs, makeWedding, type Member } from './fixtures.ts';
import { open, site, url } from './server.ts';

export type Wedding = Awaited<ReturnType<typeof makeWedding>>;

/** Who uploads, to which wedding and where. Each test has its own, with an empty folder. */
export const stage = {
	wedding: undefined as unknown as Wedding,
	viewer: undefined as unknown as Viewer,
	session: { secret: '', host: '' },
	address: ''
};

export function setStage(): void {
	const before = { ...settings };
	beforeAll(() => acceptJobs());
	beforeEach(async () => {
		settings.UPLOADS_DIR = await mkdtemp(join(tmpdir(), 'vowtape-resumable-'));
		stage.wedding = await makeWedding();
		stage.viewer = stage.wedding.couple;
		stage.session = await signIn(stage.wedding.couple);
		stage.address = url(await open(site(answer)), '/api/uploads');
	});
	afterEach(async () => {
		await rm(settings.UPLOADS_DIR, { recursive: true });
		Object.assign(settings, before);
	});
}

export async function signIn({ weddingId, accountId }: Member) {
	const secret = makeSecret();
	const session = { weddingId, accountId, secretHash: digest(secret), expiresAt: after(600) };
	await db.session.create({ data: session });
	return { secret, host: `${stage.wedding.mark}.example` };
}

/** As the route and the hooks around it do. */
async function answer(request: Request): Promise<Response> {
	const id = new URL(request.url).pathname.split('/')[3];
	try {
		return await resumable.answer(stage.viewer, request, { ...stage.session, id });
	} catch (caught) {
		const error = asProblem(caught);
		if (!(error instanceof Problem)) throw caught;
		return Response.json({ code: error.code }, { status: error.status });
	}
}

type Bytes = Uint8Array<ArrayBuffer>;

export const PIECE = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };

export function ask(method: string, path = '', headers: Record<string, string> = {}, body?: Bytes) {
	return fetch(stage.address + path, { method, headers: { 'tus-resumable': '1.0.0', ...headers }, body });
}

/** Gives back its path below the address. */
export async function begin(bytes: number | 'later' = 100): Promise<string> {
	const length: Record<string, string> =
		bytes === 'later' ? { 'upload-defer-length': '1' } : { 'upload-length': String(bytes) };
	const response = await ask('POST', '', length);
	expect(response.status).toBe(201);
	expect(response.headers.get('location')).toMatch(/^\/api\/uploads\/[\da-f-]{36}$/);
	return response.headers.get('location')!.replace('/api/uploads', '');
}

export const send = (path: string, offset: number, body: Bytes, more = {}) =>
	ask('PATCH', path, { ...PIECE, 'upload-offset': String(offset), ...more }, body);

export { wave } from './wave.ts';

export const sum = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** The sums of the recordings, as their files are. */
export async function stored(): Promise<string[]> {
	const found = await db.recording.findMany({ where: { weddingId: stage.wedding.weddingId } });
	return Promise.all(
		found.map(async ({ id, format }) => {
			const file = await files.find(id, format);
			return sum(await buffer(file.read(0, file.bytes - 1)));
		})
	);
}

export const incoming = async () => (await readdir(await files.resumableDir())).length;
export const rowsLeft = () =>
	db.upload.count({ where: { weddingId: stage.wedding.weddingId, isStored: false } });

/** Between client and server; cuts a connection after so many bytes at most, for so many times. */
export async function cuttingProxy(cuts: number, mostBytes: number) {
	const to = new URL(stage.address);
	const server = createServer((client: Socket) => {
		const onward = connect(Number(to.port), to.hostname);
		let budget = cuts > 0 ? 1 + Math.floor(Math.random() * mostBytes) : Infinity;
		client.on('data', (chunk) => {
			budget -= chunk.length;
			onward.write(chunk);
			if (budget > 0) return;
			cuts--;
			budget = Infinity;
			// now and then only the answer is lost
			if (cuts % 3 === 0) onward.once('data', () => client.destroy());
			else client.destroy();
		});
		onward.on('data', (chunk) => client.writable && client.write(chunk));
		client.on('close', () => onward.destroy()).on('error', () => {});
		onward.on('close', () => client.destroy()).on('error', () => {});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return { server, url: `http://127.0.0.1:${port}/api/uploads`, left: () => cuts };
}
