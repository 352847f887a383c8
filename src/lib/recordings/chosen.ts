import { m } from '../i18n/compiled/messages.js';
import * as figures from './figures.ts';

/** A file of the form, and why it will not go up, in the visitor's language. */
export type Chosen = { file: File; problem?: string };

const ENDINGS = [
	...['wav', 'bwf', 'rf64', 'w64', 'aif', 'aiff', 'aifc', 'caf', 'flac', 'mp3', 'mp2', 'aac'],
	...['m4a', 'm4b', 'mp4', 'mov', 'qta', '3gp', '3g2', '3ga', 'amr'],
	...['ogg', 'oga', 'opus', 'spx', 'webm', 'weba', 'mka', 'mkv', 'wma', 'm4v', 'wmv', 'ogv', 'avi'],
	// of camcorders
	...['ts', 'mts', 'm2ts']
];

/** What the file field offers first. */
export const ACCEPTED = ['audio/*', 'video/*', ...ENDINGS.map((ending) => `.${ending}`)].join();

/** What browsers call files with sound, and those that they know nothing of. */
const MAY_BE_SOUND = /^$|^(audio|video)\/|^application\/(ogg|mp4|octet-stream|vnd\.ms-asf)$/;

/** Why this one would surely be refused, and what to do about it; of all others the server looks at the content. */
export function refusal(
	{ name, size, type }: Pick<File, 'name' | 'size' | 'type'>,
	limitBytes: number,
	language: string
): string | undefined {
	if (size > limitBytes) return m.upload_refused_large({ limit: figures.size(limitBytes, language) });
	if (size === 0) return m.upload_refused_empty();
	const isNamedSo = ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
	return isNamedSo || MAY_BE_SOUND.test(type) ? undefined : m.upload_refused_kind();
}
