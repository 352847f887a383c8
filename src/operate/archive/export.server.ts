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
import { CONTENT, KIND, recordingName, SUMS, VERSION, type Written } from './archive.ts';

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
	await trail.record(db, viewer, 'wedding.exported', viewer.weddingId);
	const bytes = content.recordings.reduce((sum, { bytes }) => sum + bytes, 0);
	return { guests: content.guests.length, recordings: content.recordings.length, bytes };
}

async function pack(controller: TarPackController, content: Written): Promise<void> {
	try {
		const sums: string[] = [];
		const json = Buffer.from(JSON.stringify(content, null, '\t'));
		sums.push(`${await add(controller, CONTENT, json.length, [json])}  ${CONTENT}\n`);
		for (const { id, format, bytes, sha256 } of content.recordings) {
			const name = recordingName({ id, format });
			const { read } = await files.find(id, format).catch(gone);
			if ((await add(controller, name, bytes, read(0, bytes - 1))) !== sha256)
				throw new Problem(`The recording ${id} is not what was uploaded: restore it from a backup first.`);
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

function gone(error: unknown): never {
	if (error instanceof Problem && error.status === 404)
		throw new Problem('A recording was removed meanwhile, or its file is lost: try again, or restore it.');
	throw error;
}

/** Everything but what lets people in: nobody is signed in on another install. */
async function collect({ weddingId }: Viewer, tx: Tx): Promise<Written> {
	const where = { weddingId };
	const orderBy = { id: 'asc' as const };
	const omit = { weddingId: true as const };
	const wedding = await tx.wedding.findUnique({ where: { id: weddingId } });
	if (!wedding) throw new Problem(404, 'not_found');
	const account = { select: { id: true, email: true, name: true, createdAt: true } };
	const members = await tx.member.findMany({ where, select: { account, role: true, createdAt: true } });
	const guests = await tx.guest.findMany({ where, omit, orderBy });
	const recordings = await tx.recording.findMany({
		...{ where, orderBy },
		omit: { ...omit, mimeType: true, uploadKey: true }
	});
	const mails = await tx.mail.findMany({
		where: { weddingId, state: { not: 'queued' } },
		...{ orderBy, omit: { ...omit, nonceHash: true } }
	});
	const content = {
		kind: KIND,
		version: VERSION,
		madeAt: clock.now(),
		wedding,
		members,
		households: await tx.household.findMany({ where, omit, orderBy }),
		guests: guests.sort(
			(one, other) => Number(one.plusOneOfId !== null) - Number(other.plusOneOfId !== null)
		),
		recordings: await Promise.all(recordings.map(counted)),
		scores: await tx.score.findMany({ where, omit, orderBy: [{ recordingId: 'asc' }, { guestId: 'asc' }] }),
		mails,
		audit: await tx.auditEntry.findMany({ where, omit, orderBy })
	};
	// dates become text
	return JSON.parse(JSON.stringify(content)) as Written;
}

/** With its sum, which it may not have yet. */
async function counted<Row extends { id: string; format: string; bytes: bigint; sha256: Uint8Array | null }>(
	row: Row
) {
	const { id, format, bytes, sha256 } = row;
	const sum = sha256 ? Buffer.from(sha256).toString('hex') : await files.sha256(id, format).catch(gone);
	return { ...row, bytes: Number(bytes), sha256: sum };
}
