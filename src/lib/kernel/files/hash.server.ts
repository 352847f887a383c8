import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Sums } from './stored.ts';

/** The sums of a file. For a process of its own, which may take as long as it likes. */
export default function hash(path: string): Sums {
	const sha256 = createHash('sha256');
	let crc = 0;
	const file = openSync(path, 'r');
	const block = Buffer.allocUnsafe(1 << 20);
	for (let bytes; (bytes = readSync(file, block)) > 0;) {
		const read = block.subarray(0, bytes);
		sha256.update(read);
		crc = crc32(read, crc);
	}
	closeSync(file);
	return { sha256: sha256.digest('hex'), crc32: crc };
}
