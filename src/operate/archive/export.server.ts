import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createTarPacker, type TarPackController } from 'modern-tar';
import * as trail from '../../lib/audit/trail.server.ts';
import { clock } from '../../lib/kernel/clock.ts';
import { db, transaction, type Tx } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { permit, type Viewer } from '../../lib/kernel/viewer.ts';
import { refuseLost } from '../../lib/recordings/tables.server.ts';
import { archives, CONTENT, type Content, filesOf, KIND, SUMS, VERSION } from './archive.server.ts';

export type Exported = { guests: number; recordings: number; bytes: number };

/**
 * Writes the viewer's wedding as one archive to `path`, which appears when it is whole. Throws a Problem when a
 * recording is not what was uploaded, or is removed meanwhile.
 */
export async function write(viewer: Viewer, path: string): Promise<Exported> {
	permit(viewer, 'wedding:edit');
	const content = await transaction((tx) => collect(viewer, tx), {
		isolationLevel: 'RepeatableRead',
		timeout: 120_000
	});
	const draft = `${path}.unfinished`;
	try {
		// opened before anything can fail: a stream that opens it itself may do so after it was removed
		const file = await open(draft, 'w', 0o600);
		const { readable, controller } = createTarPacker();
		const writing = pipeline(readable, file.createWriteStream({ flush: true }));
		await Promise.all([writing, pack(controller, content)]).finally(() => writing.catch(() => {}));
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		const { syscall, message } = error as NodeJS.ErrnoException;
		throw syscall ? new Problem(`${path} cannot be written (${message}).`) : error;
	}
	await trail.record(viewer, 'wedding.exported', { id: viewer.weddingId }, db);
	const bytes = filesOf(content).reduce((sum, { bytes }) => sum + bytes, 0);
	return { guests: content.guests.length, recordings: content.recordings.length, bytes };
}

async function pack(controller: TarPackController, content: Content): Promise<void> {
	try {
		const sums: string[] = [];
		const json = Buffer.from(JSON.stringify(content, null, '\t'));
		sums.push(`${await add(controller, CONTENT, json.length, [json])}  ${CONTENT}\n`);
		for (const { name, id, format, bytes, sha256 } of filesOf(content)) {
			const { read } = await files.find(id, format).catch(refuseLost);
			if ((await add(controller, name, bytes, read(0, bytes - 1))) !== sha256)
				throw new Problem(`The recording ${name} is not what was uploaded: restore it from a backup first.`);
			sums.push(`${sha256}  ${name}\n`);
		}
		const list = Buffer.from(sums.join(''));
		await add(controller, SUMS, list.length, [list]);
		controller.finalize();
	} catch (error) {
		controller.error(error);
		throw error;
	}
}

/** Gives back the SHA-256 of what it added. */
async function add(
	controller: TarPackController,
	name: string,
	size: number,
	content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
): Promise<string> {
	const sum = createHash('sha256');
	const writer = controller.add({ name, size, mtime: clock.now() }).getWriter();
	for await (const piece of content) {
		sum.update(piece);
		await writer.ready;
		await writer.write(piece);
	}
	await writer.close();
	return sum.digest('hex');
}

async function collect({ weddingId }: Viewer, tx: Tx): Promise<Content> {
	const content: Record<string, unknown> = { kind: KIND, version: VERSION, madeAt: clock.now() };
	for (const archive of archives) content[archive.key] = await archive.collect(weddingId, tx);
	// dates become text
	return JSON.parse(JSON.stringify(content)) as Content;
}
