import { createReadStream } from 'node:fs';
import { mkdir, open as openFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { Problem } from '../../lib/kernel/problem.ts';
import { type Store, type Stored, UNFINISHED } from './store.server.ts';

const BLOCK_BYTES = 1 << 20;

/** Backups in a folder of this machine: another disk, or one that is mounted from elsewhere. */
export function open(root: string): Store {
	const path = (name: string) => join(root, name);
	return {
		list: () => list(root).catch(refuse),
		async put(name, content, bytes) {
			const draft = path(UNFINISHED + randomUUID());
			try {
				await mkdir(path(UNFINISHED), { recursive: true, mode: 0o700 });
				await mkdir(dirname(path(name)), { recursive: true, mode: 0o700 });
				await writeFile(draft, content, { flag: 'wx', mode: 0o600, flush: true });
				const { size } = await stat(draft);
				if (size !== bytes) throw new Error(`${size} bytes instead of ${bytes}`);
				await rename(draft, path(name));
				await syncFolder(dirname(path(name)));
			} catch (error) {
				await rm(draft, { force: true });
				refuse(error);
			}
		},
		async get(name) {
			await stat(path(name)).catch(refuse);
			const file = createReadStream(path(name), { highWaterMark: BLOCK_BYTES });
			return Readable.toWeb(file) as ReadableStream<Uint8Array>;
		},
		async remove(names) {
			for (const name of names) await rm(path(name), { force: true }).catch(refuse);
		},
		close: async () => {}
	};
}

async function list(root: string): Promise<Stored[]> {
	const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(nothing);
	const paths = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
	const stored: Stored[] = [];
	for (const path of paths) {
		const known = await stat(path).catch(nothing);
		if (!('size' in known)) continue;
		const name = relative(root, path).split(sep).join('/');
		stored.push({ name, bytes: known.size, changedAt: known.mtime });
	}
	return stored;
}

function nothing(error: NodeJS.ErrnoException): [] {
	if (error.code === 'ENOENT') return [];
	throw error;
}

function refuse(error: unknown): never {
	const { code, message } = error as NodeJS.ErrnoException;
	if (code) throw new Problem(`BACKUP_TO: ${message}.`);
	throw error;
}

/** A new name is only safe once its folder is synced too; Windows neither needs nor allows it. */
async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	await using dir = await openFile(path);
	await dir.sync();
}
