import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** The SHA-256 of a file. For a process of its own, which may take as long as it likes. */
export default function hash(path: string): string {
	const sum = createHash('sha256');
	const file = openSync(path, 'r');
	const block = Buffer.allocUnsafe(1 << 20);
	for (let bytes; (bytes = readSync(file, block)) > 0;) sum.update(block.subarray(0, bytes));
	closeSync(file);
	return sum.digest('hex');
}
