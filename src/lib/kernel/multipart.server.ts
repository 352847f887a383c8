import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DiskFile } from './disk-file.server.ts';
import { cleanName, fieldName, sentName, unmangled } from './file-names.ts';
import { parts } from './parts.server.ts';
import { Problem } from './problem.ts';

export type Received = {
	fields: Record<string, string>;
	file: { path: string; bytes: number; originalName: string };
};

type Limits = { dir: string; limitBytes: number; maxFields?: number };

const MOST_FIELD_BYTES = 64 << 10;
/** A request that announces this much more than the largest file is refused before anything is read. */
const MOST_OTHER_BYTES = 1 << 20;

/**
 * Takes a form with one file. The file is then synced under a random name in `dir`, for the caller to move or to
 * remove. Whatever is wrong is thrown as a Problem and leaves nothing behind; the rest of the body stays unread,
 * so the server has to close the connection after its answer.
 */
export async function receive(
	request: Request,
	{ dir, limitBytes, maxFields = 20 }: Limits
): Promise<Received> {
	const tooLarge = new Problem(413, 'upload_too_large', { megabytes: Math.floor(limitBytes / 2 ** 20) });
	if (Number(request.headers.get('content-length')) > limitBytes + MOST_OTHER_BYTES) throw tooLarge;

	const fields = new Map<string, string>();
	let fieldBytes = 0;
	let field = '';
	let originalName = '';
	let file: DiskFile | undefined;
	let isFile = false;
	try {
		for await (const { headers, data } of parts(request)) {
			if (headers) {
				const disposition = headers.get('content-disposition') ?? '';
				const name = sentName(disposition);
				isFile = name !== undefined;
				if (name !== undefined) {
					if (file) throw new Problem(400, 'upload_two_files');
					if (!headers.has('content-type')) throw new Problem(400, 'upload_untyped');
					originalName = cleanName(name);
					file = await DiskFile.create(join(dir, randomUUID()));
				} else {
					field = fieldName(disposition);
					fields.set(field, '');
					if (fields.size > maxFields) throw new Problem(400, 'upload_too_many_fields');
				}
			} else if (isFile) {
				await file!.write(data);
				if (file!.bytes > limitBytes) throw tooLarge;
			} else {
				fields.set(field, fields.get(field) + data.toString('latin1'));
				if ((fieldBytes += data.length) > MOST_FIELD_BYTES) throw new Problem(400, 'upload_fields_too_long');
			}
		}
		if (!file?.bytes) throw new Problem(400, originalName ? 'upload_empty' : 'upload_no_file');
		await file.finish();
	} catch (error) {
		await file?.discard();
		throw error;
	}
	const { path, bytes } = file;
	for (const [name, text] of fields) fields.set(name, unmangled(text));
	return { fields: Object.fromEntries(fields), file: { path, bytes, originalName } };
}
