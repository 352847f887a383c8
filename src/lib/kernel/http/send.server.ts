import { posix, relative, sep } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { contentDisposition } from '../files/file-names.ts';
import { encodePart, SEND_FILE } from './file-response.server.ts';
import { parseRange } from './ranges.ts';
import { settings } from '../settings.server.ts';
import type { Stored } from '../files/stored.ts';

/** Without a time it cannot be compared by one. */
type Sendable = Pick<Stored, 'bytes' | 'path' | 'read'> & { modifiedAt?: Date };

export type Details = {
	mimeType: string;
	/** changes whenever the bytes do; without quotes */
	etag: string;
	/** the name under which it would be saved */
	name: string;
	/** played in the page, or saved at once */
	kind: 'inline' | 'attachment';
	/** nginx does not get to send it: in its error log there is no mask for the address */
	isAddressSecret?: boolean;
	/** what is at this address never changes */
	isForEver?: boolean;
};

/**
 * Answers a GET or HEAD with a file that somebody else uploaded, or the part of it that was asked for. Behind nginx
 * the bytes of a GET are nginx's to send and to cut, if it can reach them; whatever needs no bytes (HEAD, 304, 416)
 * is answered here.
 */
export function send(request: Request, file: Sendable, details: Details): Response {
	const { bytes: size, modifiedAt, path } = file;
	const etag = `"${details.etag}"`;
	const headers = new Headers({
		'content-type': details.mimeType,
		'content-disposition': contentDisposition(details.kind, details.name),
		// kept by one browser alone, which asks each time whether it may still have what can change
		'cache-control': details.isForEver ? 'private, max-age=31536000, immutable' : 'private, no-cache',
		'accept-ranges': 'bytes',
		...(modifiedAt && { 'last-modified': modifiedAt.toUTCString() }),
		etag,
		'x-content-type-options': 'nosniff',
		'content-security-policy': "sandbox; default-src 'none'",
		'cross-origin-resource-policy': 'same-origin'
	});
	const answer = (status: number, body: ReadableStream | null = null) =>
		new Response(body as BodyInit | null, { status, headers });

	if (matches(request.headers.get('if-none-match'), etag)) return answer(304);

	const condition = request.headers.get('if-range');
	const isCurrent = !condition || condition === etag || condition === modifiedAt?.toUTCString();
	const asked = request.method === 'GET' && isCurrent ? request.headers.get('range') : null;
	const range = parseRange(asked, size);
	if (range === 'past the end') {
		headers.set('content-range', `bytes */${size}`);
		return answer(416);
	}
	if (settings.X_ACCEL_PREFIX && path && request.method === 'GET' && !details.isAddressSecret) {
		headers.set('x-accel-redirect', accelPath(path));
		// nginx says it too, and twice would be once too often
		headers.delete('accept-ranges');
		return answer(200);
	}
	const { first, last } = range === 'whole' ? { first: 0, last: size - 1 } : range;
	if (range !== 'whole') headers.set('content-range', `bytes ${first}-${last}/${size}`);
	headers.set('content-length', String(last - first + 1));
	const status = range === 'whole' ? 200 : 206;
	if (request.method === 'HEAD') return answer(status);
	if (!path || !request.headers.has(SEND_FILE))
		return answer(status, ReadableStream.from(file.read(first, last)));
	headers.set(SEND_FILE, encodePart({ path, first, last }));
	return answer(status);
}

/** Percent-encoded, for nginx decodes it. */
function accelPath(path: string): string {
	const inside = relative(settings.UPLOADS_DIR, path).split(sep).map(encodeURIComponent);
	return posix.join(settings.X_ACCEL_PREFIX!, ...inside);
}

function matches(header: string | null, etag: string): boolean {
	const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
	return tags.includes('*') || tags.includes(etag);
}
