import { open } from 'node:fs/promises';
import { ServerResponse } from 'node:http';

/**
 * Says to the site that its server sends files by itself, and back which one. By a web stream, each of whose pieces
 * is new memory that has to be cleared, and found again when it can be freed, a file takes more than twice as long.
 */
export const SEND_FILE = 'x-send-file';

/** `first` and `last` are both counted in. */
type Part = { path: string; first: number; last: number };

/** What one listener keeps in memory. Larger ones are little faster: they leave the processor's own memory. */
const BLOCK_BYTES = 512 << 10;
/** So many blocks wait for the next listener. */
const MOST_BLOCKS = 16;

const blocks: Buffer[] = [];

export function encodePart(part: Part): string {
	return encodeURIComponent(JSON.stringify(part));
}

/** An answer without a body of its own sends the part of a file that its SEND_FILE header names. */
export class FileResponse extends ServerResponse {
	#part: Part | undefined;

	override writeHead(...given: unknown[]): this {
		const part = this.getHeader(SEND_FILE);
		if (part) this.#part = JSON.parse(decodeURIComponent(String(part))) as Part;
		this.removeHeader(SEND_FILE);
		return Reflect.apply(super.writeHead, this, given) as this;
	}

	override end(...given: unknown[]): this {
		const part = this.#part;
		if (!part) return Reflect.apply(super.end, this, given) as this;
		this.#part = undefined;
		// its length is promised: who is sent less is cut off, and asks again
		this.#send(part).catch(() => this.destroy());
		return this;
	}

	async #send({ path, first, last }: Part): Promise<void> {
		await using file = await open(path);
		const block = blocks.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES);
		for (let at = first; at <= last;) {
			const { bytesRead } = await file.read(block, 0, Math.min(BLOCK_BYTES, last + 1 - at), at);
			if (bytesRead === 0) throw new Error('the file is shorter than it was');
			await this.#pass(block.subarray(0, bytesRead));
			at += bytesRead;
		}
		// not that of somebody who has left: the system may still have its hands on it
		if (blocks.length < MOST_BLOCKS) blocks.push(block);
		this.end();
	}

	/** Resolves when nobody needs the piece any more. */
	#pass(piece: Buffer): Promise<void> {
		return new Promise((resolve, reject) => {
			const leave = () => reject(new Error('whoever listened has left'));
			if (this.destroyed) return leave();
			this.once('close', leave);
			this.write(piece, (error) => {
				this.off('close', leave);
				if (error) reject(error);
				else resolve();
			});
		});
	}
}
