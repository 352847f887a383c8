import { Readable } from 'node:stream';
import { bucketAt, BucketFault } from '../../lib/kernel/files/bucket.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import type { Store } from './store.server.ts';

/** Backups in a bucket, of the service that the S3 settings name: what is put there appears whole or not at all. */
export function open(place: string): Store {
	const bucket = bucketAt(place);
	return {
		async list() {
			const found = await Array.fromAsync(bucket.list()).catch(refuse);
			return found.map(({ key, bytes, modifiedAt }) => ({ name: key, bytes, changedAt: modifiedAt }));
		},
		put: (name, content, bytes) => bucket.put(name, Readable.from(counted(content, bytes))).catch(refuse),
		get: async (name) => Readable.toWeb(await bucket.get(name).catch(refuse)) as ReadableStream<Uint8Array>,
		async remove(names) {
			for (const name of names) await bucket.remove(name).catch(refuse);
		},
		close: async () => {}
	};
}

/** Breaks at the end when it was not as long as it should be: then nothing is kept of it. */
async function* counted(content: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
	let count = 0;
	for await (const piece of content) {
		count += piece.length;
		yield piece;
	}
	if (count !== bytes) throw new Error(`${count} bytes instead of ${bytes}`);
}

function refuse(error: Error): never {
	if (!(error instanceof BucketFault)) throw error;
	throw new Problem(`BACKUP_TO: ${error.kind === 'missing' ? 'no such file, ' : ''}${error.message}.`);
}
