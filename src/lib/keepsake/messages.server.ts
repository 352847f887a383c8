import * as voices from '../guestbook/holdings.server.ts';
import * as files from '../kernel/files/files.server.ts';
import type { ZipEntry } from '../kernel/files/zip.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import type { Message } from './message.ts';
import { nameFile } from './names.ts';

/** Those of the guest book that this viewer may take; none for who helps, to whom nobody spoke. */
export async function list(viewer: Viewer): Promise<Message[]> {
	permit(viewer, 'keepsake:take');
	const found = may(viewer, 'guestbook:listen') ? await voices.list(viewer) : [];
	return found.map((voice, index) => ({
		...voice,
		path: `messages/${nameFile(index + 1, found.length, voice.speaker, voice.format)}`
	}));
}

/** How much they are, in bytes. */
export async function weigh(viewer: Viewer): Promise<number> {
	permit(viewer, 'keepsake:take');
	return may(viewer, 'guestbook:listen') ? voices.weigh(viewer) : 0;
}

/** What was not counted yet is now. */
export async function entryFor(message: Message): Promise<ZipEntry> {
	const { id, format, path: name, bytes, createdAt: modifiedAt } = message;
	return {
		...{ name, bytes, modifiedAt },
		crc32: message.crc32 ?? (await voices.fingerprint(message)),
		async *read(first, last) {
			yield* (await files.find(id, format)).read(first, last);
		}
	};
}
