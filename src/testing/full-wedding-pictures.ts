import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { path } from './drill.ts';

/** A picture that stood with a text, and can still be put back. */
export function pictureRows(weddingId: string, time: Date, content: Buffer) {
	return [
		{
			...{ id: randomUUID(), weddingId, place: 'block', subjectId: randomUUID(), position: 2 },
			...{ width: 1600, height: 900, bytes: content.length },
			...{ sha256: createHash('sha256').update(content).digest(), firstLook: 'UklGRg==' },
			...{ focus: 'top-left', alt: { en: 'On the ferry' }, removedAt: time, createdAt: time }
		}
	];
}

/** Its file, which need not be one. */
export async function keepPicture(id: string, content: Buffer): Promise<void> {
	await mkdir(dirname(path(id)), { recursive: true });
	await writeFile(join(dirname(path(id)), 'original.jpg'), content);
}
