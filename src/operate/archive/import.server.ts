import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import * as trail from '../../lib/audit/trail.server.ts';
import { db, transaction, type Tx } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { system } from '../../lib/weddings/system.ts';
import { FILE_MODE, FOLDER_MODE } from '../../lib/kernel/files/stored.ts';
import { archives, Content, CONTENT, filesOf, SUMS } from './archive.server.ts';

/** Guests, mails and audit of the largest weddings are a tenth of this. */
const LONGEST_CONTENT_BYTES = 256 * 2 ** 20;

export type Imported = { weddingId: string; guests: number; recordings: number };

/**
 * Takes in what export.server.ts wrote: all of it, under the ids that it had, or nothing. `host` replaces the host
 * that it had. Throws a Problem: not ours, not whole, there already, or in the place of another wedding.
 */
export async function read(path: string, host?: string): Promise<Imported> {
	const folder = join(await files.incomingDir(), randomUUID());
	await mkdir(folder, FOLDER_MODE);
	try {
		const content = await unpack(path, folder);
		if (host !== undefined) content.wedding.host = host;
		await refuseTaken(content.wedding);
		await transaction((tx) => store(content, folder, tx), { timeout: 600_000 });
		return {
			weddingId: content.wedding.id,
			guests: content.guests.length,
			recordings: content.recordings.length
		};
	} catch (error) {
		if ((error as { code?: string }).code === 'P2002')
			throw new Problem('Something of this wedding is here already, under the id or the code that it has.');
		throw error;
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Reads the archive to its end: recordings go to `folder`, under their ids. */
async function unpack(path: string, folder: string): Promise<Content> {
	const sums = new Map<string, string>();
	let content: Content | undefined;
	let list: string | undefined;
	try {
		const archive = Readable.toWeb(
			createReadStream(path, { highWaterMark: 1 << 20 })
		) as ReadableStream<Uint8Array>;
		for await (const entry of archive.pipeThrough(createTarDecoder({ strict: true }))) {
			const { name, size } = entry.header;
			if (list !== undefined) throw new Problem(`The archive goes on after ${SUMS}.`);
			if (name === SUMS) list = await text(hashPieces(entry, new Map()));
			else if (content)
				await writeFile(join(folder, findId(content, name)), hashPieces(entry, sums), {
					flush: true,
					mode: FILE_MODE
				});
			else if (name === CONTENT && size <= LONGEST_CONTENT_BYTES)
				content = parse(await text(hashPieces(entry, sums)));
			else throw new Problem(`The archive does not begin with ${CONTENT}: it is no wedding of ours.`);
		}
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (error instanceof Problem) throw error;
		throw new Problem(`The archive cannot be read${code ? '' : ', or is not whole'}: ${message}.`);
	}
	const expected = [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');
	if (!content || list !== expected)
		throw new Problem(`The archive is not whole: its contents and its ${SUMS} differ.`);
	for (const { name, sha256 } of filesOf(content))
		if (sums.get(name) !== sha256)
			throw new Problem(`The recording ${name} is missing in the archive, or is another one.`);
	return content;
}

/** The id of the file with this name, which the archive has announced. */
function findId(content: Content, name: string): string {
	const file = filesOf(content).find((one) => one.name === name);
	if (!file)
		throw new Problem(`The archive holds ${JSON.stringify(name)}, which its ${CONTENT} does not name.`);
	return file.id;
}

async function* hashPieces(
	{ header, body }: ParsedTarEntry,
	sums: Map<string, string>
): AsyncGenerator<Uint8Array> {
	const sum = createHash('sha256');
	for await (const piece of body) {
		sum.update(piece);
		yield piece;
	}
	sums.set(header.name, sum.digest('hex'));
}

function parse(json: string): Content {
	let written: unknown;
	try {
		written = JSON.parse(json);
	} catch {
		throw new Problem(`${CONTENT} in the archive is no JSON.`);
	}
	const { data, error } = Content.safeParse(written);
	if (data) return data;
	const { path, message } = error.issues[0]!;
	throw new Problem(
		`${CONTENT} in the archive is not of this version: ${path.join('.') || CONTENT}: ${message}.`
	);
}

async function refuseTaken({ id, host }: Content['wedding']): Promise<void> {
	if (await db.wedding.count({ where: { id } }))
		throw new Problem('This wedding is here already: erase it first.');
	if (!(await db.wedding.count({ where: { host } }))) return;
	const place = host ? `The host ${host} has another wedding` : 'Another wedding answers for every host';
	throw new Problem(`${place}: add --host and the one that this one is to answer for.`);
}

async function store(content: Content, folder: string, tx: Tx): Promise<void> {
	const weddingId = content.wedding.id;
	const into = { weddingId, accounts: new Map<string, string>() };
	for (const archive of archives) await archive.store(content[archive.key], into, tx);
	await trail.record(system(weddingId), 'wedding.imported', { id: weddingId }, tx);
	await keep(content, folder);
}

/** The files come last: a row that is refused keeps them from replacing any. */
async function keep(content: Content, folder: string): Promise<void> {
	for (const { id, format } of filesOf(content)) await files.keep(join(folder, id), id, format);
}
