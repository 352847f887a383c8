import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DiskFile } from './disk-file.server.ts';
import { cleanName, fieldName, sentName, unmangled } from './file-names.ts';
import { eachPart, type Listener } from './parts.server.ts';
import { Problem } from '../problem.ts';

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
export async function receive(request: Request, limits: Limits): Promise<Received> {
	const announced = Number(request.headers.get('content-length'));
	if (announced > limits.limitBytes + MOST_OTHER_BYTES) throw tooLarge(limits);

	const form = new Form(limits);
	try {
		await eachPart(request, form);
		return await form.finish();
	} catch (error) {
		await form.file?.discard();
		throw error;
	}
}

class Form implements Listener {
	file: DiskFile | undefined;
	#limits: Limits;
	#originalName = '';
	/** values as sent, a character for each byte, until the end: a letter may come in two pieces */
	#fields = new Map<string, string>();
	#fieldBytes = 0;
	/** the field that is coming in; nothing while it is the file */
	#field: string | undefined;

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	async begin(headers: Map<string, string>): Promise<void> {
		const disposition = headers.get('content-disposition') ?? '';
		const name = sentName(disposition);
		if (name === undefined) {
			this.#field = fieldName(disposition);
			this.#fields.set(this.#field, '');
			if (this.#fields.size > (this.#limits.maxFields ?? 20))
				throw new Problem(400, 'upload_too_many_fields');
			return;
		}
		if (this.file) throw new Problem(400, 'upload_two_files');
		if (!headers.has('content-type')) throw new Problem(400, 'upload_untyped');
		this.#field = undefined;
		this.#originalName = cleanName(name);
		this.file = await DiskFile.create(join(this.#limits.dir, randomUUID()));
	}

	add(data: Buffer): void | Promise<void> {
		if (this.#field !== undefined) {
			this.#fields.set(this.#field, this.#fields.get(this.#field) + data.toString('latin1'));
			this.#fieldBytes += data.length;
			if (this.#fieldBytes > MOST_FIELD_BYTES) throw new Problem(400, 'upload_fields_too_long');
			return;
		}
		if (this.file!.bytes + data.length > this.#limits.limitBytes) throw tooLarge(this.#limits);
		return this.file!.write(data);
	}

	async finish(): Promise<Received> {
		if (!this.file?.bytes) throw new Problem(400, this.#originalName ? 'upload_empty' : 'upload_no_file');
		await this.file.finish();
		const { path, bytes } = this.file;
		// a page could not be given it back: devalue refuses it
		this.#fields.delete('__proto__');
		const fields = Object.fromEntries(this.#fields.entries().map(([name, text]) => [name, unmangled(text)]));
		return { fields, file: { path, bytes, originalName: this.#originalName } };
	}
}

function tooLarge({ limitBytes }: Limits): Problem {
	return new Problem(413, 'upload_too_large', { megabytes: Math.floor(limitBytes / 2 ** 20) });
}
