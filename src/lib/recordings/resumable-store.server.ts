import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { DiskFile } from '../kernel/files/disk-file.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { settings } from '../kernel/settings.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as quota from './quota.server.ts';

/** Somebody with an account, or who came in for a household. */
export type Owner = { weddingId: string; accountId: string | null; householdId: string | null };

/** What a request is about: whose it is, and whether its upload has become something. */
export type Asked = { owner: Owner; findStored(upload: Coming): Promise<Stored | undefined> };

export type Coming = { id: string; weddingId: string; householdId: string | null; metadata: unknown };
export type Stored = { id: string; title: string };

export const pathOf = async (id: string) => join(await files.resumableDir(), id);

/**
 * Where uploads in pieces lie: a row says whose each is and what it was promised, and a file has what has come in. Not
 * @tus/file-store, which knows of no owner, says 500 of a full disk, and syncs nothing.
 */
export class Store extends DataStore {
	override extensions = ['creation', 'creation-with-upload', 'creation-defer-length', 'termination'];
	readonly #asked: () => Asked;

	constructor(asked: () => Asked) {
		super();
		this.#asked = asked;
	}

	override async create(upload: Upload): Promise<Upload> {
		const { owner } = this.#asked();
		const { weddingId } = owner;
		const { id, size } = upload;
		// which Postgres does not take in any text
		const metadata = Object.fromEntries(
			Object.entries(upload.metadata ?? {}).map(([name, value]) => [name, (value ?? '').replaceAll('\0', '')])
		);
		await transaction(async (tx) => {
			await weddings.hold(weddingId, tx);
			await quota.check(weddingId, { bytes: size ?? settings.UPLOAD_LIMIT }, tx);
			await tx.upload.create({ data: { id, ...owner, bytes: size ?? null, metadata } });
		});
		await DiskFile.create(await pathOf(id)).then((file) => file.finish());
		return upload;
	}

	override async getUpload(id: string): Promise<Upload> {
		const row = await db.upload.findUnique({ where: { id } });
		if (!row) throw ERRORS.FILE_NOT_FOUND;
		const size = row.bytes === null ? undefined : Number(row.bytes);
		const metadata = row.metadata as Record<string, string>;
		const found = await stat(await pathOf(id)).catch(() => undefined);
		// the process may have died before it could say so in the row
		const isStored = row.isStored || (!found && (await this.#asked().findStored(row)) !== undefined);
		if (!isStored && !found) throw ERRORS.FILE_NOT_FOUND;
		return new Upload({ id, size, offset: isStored ? size! : found!.size, metadata });
	}

	/** What has come in stays, whatever ends it, and is on disk when this resolves. */
	override async write(stream: Readable, id: string, offset: number): Promise<number> {
		let file: DiskFile | undefined;
		try {
			for await (const piece of stream as AsyncIterable<Buffer>) {
				file ??= await DiskFile.resume(await pathOf(id), offset);
				const written = file.write(piece);
				if (written) await written;
			}
		} finally {
			await file?.finish();
			if (file) await rows('upload-touch', 'UPDATE upload SET touched_at = now() WHERE id = $1::uuid', [id]);
		}
		return file ? file.bytes : offset;
	}

	override async declareUploadLength(id: string, length: number): Promise<void> {
		const { weddingId } = this.#asked().owner;
		await transaction(async (tx) => {
			await weddings.hold(weddingId, tx);
			await quota.check(weddingId, { bytes: length, uploadKey: id }, tx);
			await tx.upload.update({ where: { id }, data: { bytes: length } });
		});
	}

	override async remove(id: string): Promise<void> {
		const { count } = await db.upload.deleteMany({ where: { id, isStored: false } });
		if (!count) throw ERRORS.INVALID_TERMINATION;
		await rm(await pathOf(id), { force: true });
	}
}
