import { stripInvisible } from '../text/visible.ts';

const LONGEST = 200;

/**
 * The name a person gave a file, fit to be shown and offered for download: without folders, control characters,
 * marks that turn the reading direction, and with its ending kept when it is cut. Never a name on our disk.
 */
export function cleanName(name: string): string {
	const clean = stripInvisible(name.normalize('NFC').replace(/\p{Cs}+/gu, ''))
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.replace(/^.*[/\\]/u, '')
		.replace(/^[. ]+|[. ]+$/g, '');
	const signs = Array.from(clean);
	if (signs.length <= LONGEST) return clean;
	const ending = /\.[^. ]{1,10}$/u.exec(clean)?.[0] ?? '';
	return signs.slice(0, LONGEST - ending.length).join('') + ending;
}

/** The field that a part's Content-Disposition names; its bytes were read as Latin-1, here and below. */
export function fieldName(disposition: string): string {
	const [, quoted, plain] = /;\s*name\s*=\s*(?:"([^"]*)"|([^;\s]*))/i.exec(disposition) ?? [];
	return unmangled(quoted ?? plain ?? '');
}

/** The file name in a part's Content-Disposition; undefined when the part is no file. */
export function sentName(disposition: string): string | undefined {
	const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
	if (extended)
		return unmangled(
			extended.replace(/%([\da-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)))
		);
	// a quote inside the name comes as %22 from browsers, as it is or behind a backslash from others
	const [, quoted, plain] =
		/;\s*filename\s*=\s*(?:"(.*?)"\s*(?:;\s*[\w*]+\s*=|$)|([^;\s]*))/is.exec(disposition) ?? [];
	const name = quoted ?? plain;
	// a second time for senders that had already taken UTF-8 for Latin-1 themselves
	return name === undefined ? undefined : unmangled(unmangled(name)).replace(/\\"|%22/g, '"');
}

/** RFC 6266: a plain name for everyone, and the real one for those who know RFC 5987. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
	const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${hex(sign)}`);
	return `${kind}; filename="${plain}"` + (plain === name ? '' : `; filename*=UTF-8''${encoded}`);
}

function hex(sign: string): string {
	return sign.charCodeAt(0).toString(16).toUpperCase();
}

/** UTF-8 whose bytes were read as Latin-1 becomes readable again; what is no UTF-8 stays. */
export function unmangled(text: string): string {
	if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
	} catch {
		return text;
	}
}
