import * as files from '../kernel/files/files.server.ts';
import { readFrom, zip, type ZipEntry } from '../kernel/files/zip.server.ts';
import { send } from '../kernel/http/send.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as cover from '../recordings/cover.server.ts';
import * as holdings from '../recordings/holdings.server.ts';
import * as scores from '../recordings/scores.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { crc32 } from 'node:zlib';
import * as messages from './messages.server.ts';
import { nameArchive, nameFile } from './names.ts';
import { drawPage } from './page.ts';
import { drawMessages, drawTable } from './table.ts';
import type { Picture, Track } from './track.ts';

/** How large it would be, in bytes; null where there is nothing, or the couple has not said that guests may. */
export async function weigh(viewer: Viewer): Promise<number | null> {
	permit(viewer, 'keepsake:take');
	if (!(await isOpen(viewer))) return null;
	return (await holdings.weigh(viewer)) + (await messages.weigh(viewer)) || null;
}

/**
 * All that this viewer may hear as a ZIP, or the part of it that was asked for. Everything is known before the first
 * byte goes out: whoever takes hours holds nothing but their connection. Throws 403 and 404.
 */
export async function answer(viewer: Viewer, request: Request, language: string): Promise<Response> {
	permit(viewer, 'keepsake:take');
	if (!(await isOpen(viewer))) throw new Problem(403, 'keepsake_closed');
	const [tracks, said] = [await findTracks(viewer), await messages.list(viewer)];
	const all = [...tracks, ...said];
	if (all.length === 0) throw new Problem(404, 'keepsake_empty');
	const wedding = await weddings.get(viewer);
	const words = [
		{ name: 'index.html', text: drawPage(wedding, { tracks, messages: said }, language) },
		{ name: 'recordings.csv', text: drawTable(tracks, language) },
		...(said.length ? [{ name: 'messages.csv', text: drawMessages(said, wedding.timeZone) }] : [])
	];
	const latest = new Date(Math.max(...all.map(({ createdAt }) => createdAt.getTime())));
	const entries: ZipEntry[] = words.map(({ name, text }) => entryOf(name, Buffer.from(text), latest));
	for (const track of tracks) entries.push(await entryFor(track));
	for (const track of tracks) if (track.picture) entries.push(pictureEntry(track, track.picture));
	for (const message of said) entries.push(await messages.entryFor(message));
	const { etag, ...whole } = zip(entries);
	const name = nameArchive(wedding.names);
	return send(request, whole, { mimeType: 'application/zip', etag, name, kind: 'attachment' });
}

async function isOpen(viewer: Viewer): Promise<boolean> {
	return may(viewer, 'recordings:edit') || (await weddings.get(viewer)).guestsMayTake;
}

async function findTracks(viewer: Viewer): Promise<Track[]> {
	const found = await holdings.list(viewer);
	const averages = may(viewer, 'recordings:edit') ? await scores.averages(viewer) : null;
	return Promise.all(
		found.map(async (holding, index) => {
			const name = (extension: string) => nameFile(index + 1, found.length, holding.title, extension);
			return {
				...holding,
				path: `recordings/${name(holding.format)}`,
				picture: holding.hasCover ? await weighPicture(holding, `covers/${name('jpg')}`) : undefined,
				score: averages?.of[holding.id]
			};
		})
	);
}

/** A picture is small: it is read once to know its sum, which the ZIP says first. One that is lost is left out. */
async function weighPicture(holding: holdings.Holding, path: string): Promise<Picture | undefined> {
	const file = await cover.read(holding).catch((error) => {
		if (error instanceof Problem && error.status === 404) return undefined;
		throw error;
	});
	if (!file) return undefined;
	let sum = 0;
	for await (const block of file.read(0, file.bytes - 1)) sum = crc32(block, sum);
	return { path, bytes: file.bytes, crc32: sum };
}

function pictureEntry(track: Track, { path: name, bytes, crc32 }: Picture): ZipEntry {
	return {
		...{ name, bytes, crc32, modifiedAt: track.createdAt },
		async *read(first, last) {
			yield* (await cover.read(track)).read(first, last);
		}
	};
}

function entryOf(name: string, content: Buffer, modifiedAt: Date): ZipEntry {
	return { name, bytes: content.length, crc32: crc32(content), modifiedAt, read: readFrom(content) };
}

/** What has just come in may not be counted yet: then it is now. */
async function entryFor(track: Track): Promise<ZipEntry> {
	const { id, format, path: name, bytes, createdAt: modifiedAt } = track;
	return {
		...{ name, bytes, modifiedAt },
		crc32: track.crc32 ?? (await holdings.fingerprint(track)),
		async *read(first, last) {
			yield* (await files.find(id, format)).read(first, last);
		}
	};
}
