import { cleanName } from '../kernel/files/file-names.ts';
import { shorten } from '../kernel/text/shorten.ts';

/** Short enough for Windows, which takes 260 signs for a file with all of its folders, and for 255 bytes of UTF-8. */
const LONGEST = 60;

/** A title as part of a file's name on any system, in any script: without `: ? *` and their kin. */
function safeTitle(title: string): string {
	const clean = cleanName(title.replace(/[<>:"/\\|?*\p{Cc}]+/gu, ' '));
	return shorten(clean, LONGEST).replace(/[. ]+$/, '');
}

/** `03 The waltz.mp3`: the number keeps the order, and the names apart. */
export function nameFile(place: number, count: number, title: string, extension: string): string {
	const number = String(place).padStart(Math.max(2, String(count).length), '0');
	return `${`${number} ${safeTitle(title)}`.trim()}.${extension}`;
}

/** Of the whole. */
export function nameArchive(names: string): string {
	return `${safeTitle(names) || 'Vowtape'}.zip`;
}
