import { type FileHandle, open, rm } from 'node:fs/promises';
import { Problem } from './problem.ts';

/**
 * Larger writes are faster as long as Linux has large pages at hand, and several times slower once it has to make
 * them: 200 MB took 40 to 770 ms a megabyte at a time, 90 to 120 in pieces of this size (ext4, 6.18).
 */
const BLOCK_BYTES = 64 << 10;
/** How often what is written is pushed to the disk, so that the last sync has little left to wait for. */
const SYNC_BYTES = 32 << 20;

/** A new file that grows with what comes in: one block is filled while the other is on its way to disk. */
export class DiskFile {
	readonly path: string;
	bytes = 0;
	#handle: FileHandle;
	#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
	#other: Buffer<ArrayBuffer> | undefined;
	#filled = 0;
	#written: Promise<void> = Promise.resolve();
	#synced: Promise<void> = Promise.resolve();

	constructor(path: string, handle: FileHandle) {
		this.path = path;
		this.#handle = handle;
	}

	static async create(path: string): Promise<DiskFile> {
		return new DiskFile(path, await open(path, 'wx').catch(refuse));
	}

	/** To be waited for when it gives back a promise; throws what an earlier block met: a full disk is Problem 507. */
	write(piece: Uint8Array): void | Promise<void> {
		const taken = piece.subarray(0, BLOCK_BYTES - this.#filled);
		this.#block.set(taken, this.#filled);
		this.#filled += taken.length;
		this.bytes += taken.length;
		if (this.#filled < BLOCK_BYTES) return;
		return this.#flush().then(() => this.write(piece.subarray(taken.length)));
	}

	/** The file is on disk, whatever happens to the power, when this resolves. */
	async finish(): Promise<void> {
		await this.#flush();
		await this.#written;
		await this.#synced;
		await this.#handle.sync().catch(refuse);
		await this.#handle.close();
	}

	async discard(): Promise<void> {
		await Promise.allSettled([this.#written, this.#synced]);
		await this.#handle.close();
		await rm(this.path, { force: true });
	}

	/** Starts the next write before it waits for the one before, whose block is then free to be filled. */
	async #flush(): Promise<void> {
		const before = this.#written;
		this.#written = this.#store(this.#block.subarray(0, this.#filled), this.bytes - this.#filled);
		this.#written.catch(() => {}); // the next one to wait throws it
		await before;
		[this.#block, this.#other] = [this.#other ?? Buffer.allocUnsafeSlow(BLOCK_BYTES), this.#block];
		this.#filled = 0;
	}

	async #store(block: Buffer, position: number): Promise<void> {
		for (let at = 0; at < block.length;) {
			const { bytesWritten } = await this.#handle.write(block, at, null, position + at).catch(refuse);
			at += bytesWritten;
		}
		if (position % SYNC_BYTES !== 0) return;
		this.#synced = this.#synced.then(() => this.#handle.datasync()).catch(refuse);
		this.#synced.catch(() => {});
	}
}

function refuse(error: NodeJS.ErrnoException): never {
	throw error.code === 'ENOSPC' || error.code === 'EDQUOT' ? new Problem(507, 'disk_full') : error;
}
