import { chmod, type FileHandle, open, rm } from 'node:fs/promises';
import { Problem } from '../problem.ts';
import { FILE_MODE } from './stored.ts';

/** What comes in is collected until there is this much, and written as it lies: copying it costs a third more time. */
const BLOCK_BYTES = 256 << 10;
/** A sender who trickles gets this many pieces written at once. */
const MOST_PIECES = 256;
/** How often what is written is pushed to the disk, so that the last sync has little left to wait for. */
const SYNC_BYTES = 16 << 20;

/** A new file that grows with what comes in: one block is collected while the other is on its way to disk. */
export class DiskFile {
	readonly path: string;
	bytes = 0;
	#handle: FileHandle;
	#pieces: Uint8Array[] = [];
	#collected = 0;
	#unsynced = 0;
	#written: Promise<void> = Promise.resolve();
	#synced: Promise<void> = Promise.resolve();

	constructor(path: string, handle: FileHandle) {
		this.path = path;
		this.#handle = handle;
	}

	static async create(path: string): Promise<DiskFile> {
		return new DiskFile(path, await open(path, 'wx', FILE_MODE).catch(refuse));
	}

	/** Of one that is there already, what comes after its first `bytes`. */
	static async resume(path: string, bytes: number): Promise<DiskFile> {
		const file = new DiskFile(path, await open(path, 'r+').catch(refuse));
		file.bytes = bytes;
		return file;
	}

	/**
	 * Takes the piece itself, not a copy of it, and empties it when it is written. To be waited for when it gives back
	 * a promise; throws what an earlier block met: a full disk is Problem 507.
	 */
	write(piece: Uint8Array): void | Promise<void> {
		this.#pieces.push(piece);
		this.#collected += piece.length;
		this.bytes += piece.length;
		if (this.#collected >= BLOCK_BYTES || this.#pieces.length >= MOST_PIECES) return this.#flush();
	}

	/** The file is on disk, whatever happens to the power, when this resolves. */
	async finish(): Promise<void> {
		try {
			await this.#flush();
			await this.#written;
			await this.#synced;
			await this.#handle.sync().catch(refuse);
		} finally {
			await this.#handle.close();
		}
	}

	async discard(): Promise<void> {
		await Promise.allSettled([this.#written, this.#synced]);
		await this.#handle.close();
		await rm(this.path, { force: true });
	}

	/** Resolves when the block before is written, while this one is not yet. */
	async #flush(): Promise<void> {
		const before = this.#written;
		this.#written = this.#store(before, this.#pieces, this.bytes - this.#collected);
		this.#written.catch(() => {}); // the next one to wait throws it
		[this.#pieces, this.#collected] = [[], 0];
		await before;
	}

	async #store(before: Promise<void>, pieces: Uint8Array[], position: number): Promise<void> {
		await before;
		for (let left = pieces; left.length > 0;) {
			const { bytesWritten } = await this.#handle.writev(left, position).catch(refuse);
			position += bytesWritten;
			this.#unsynced += bytesWritten;
			left = beyond(left, bytesWritten);
		}
		pieces.forEach(release);
		if (this.#unsynced < SYNC_BYTES) return;
		this.#unsynced = 0;
		this.#synced = this.#synced.then(() => this.#handle.datasync()).catch(refuse);
		this.#synced.catch(() => {});
	}
}

/** Makes a file that a program wrote one of ours, there for good whatever happens to the power. Gives back its path. */
export async function settle(path: string): Promise<string> {
	await chmod(path, FILE_MODE);
	await using file = await open(path);
	await file.sync();
	return path;
}

/** What is left of the pieces after their first `bytes`. */
function beyond(pieces: Uint8Array[], bytes: number): Uint8Array[] {
	return pieces.flatMap((piece) => {
		const rest = piece.subarray(bytes);
		bytes = Math.max(0, bytes - piece.length);
		return rest.length > 0 ? [rest] : [];
	});
}

/**
 * Gives back the memory of a piece that has all of its buffer. V8 would only do so after looking through its whole
 * heap, which it does for every few megabytes that come in from outside: half of the work of an upload.
 */
function release({ buffer, byteLength }: Uint8Array) {
	if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

function refuse(error: NodeJS.ErrnoException): never {
	throw error.code === 'ENOSPC' || error.code === 'EDQUOT' ? new Problem(507, 'disk_full') : error;
}
