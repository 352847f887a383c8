import { Problem } from './problem.ts';

/** Is told of each part as it comes in, and waited for when it gives back a promise. */
export type Listener = {
	/** Names are in small letters; values are as sent, a character for each byte. */
	begin(headers: Map<string, string>): void | Promise<void>;
	add(data: Buffer): void | Promise<void>;
};

/** What formidable's parser finds; `buffer` is the chunk in which a piece lies from `start` to `end`. */
type Found = {
	name:
		'partBegin' | 'headerField' | 'headerValue' | 'headerEnd' | 'headersEnd' | 'partData' | 'partEnd' | 'end';
	buffer: Buffer;
	start: number;
	end: number;
};

/** All that is not content. formidable has no limit for the headers of a part, nor for what stands around parts. */
const MOST_OVERHEAD_BYTES = 32 << 10;

/**
 * Reads a multipart/form-data body to its end. When this or the listener throws, the rest of the body is not read;
 * nor is it cancelled, which would destroy the connection before the refusal is sent.
 */
export async function eachPart(request: Request, listener: Listener): Promise<void> {
	const { MultipartParser } = await import('formidable');
	const parser = new MultipartParser();
	parser.initWithBoundary(boundaryOf(request.headers.get('content-type') ?? ''));
	parser.on('error', () => {}); // `errored` tells it at once

	const reader = request.body!.getReader();
	let overhead = 0;
	let isWhole = false;
	let headers = new Map<string, string>();
	let [field, value] = ['', ''];
	try {
		for (;;) {
			const { value: chunk } = await reader.read().catch(cutShort);
			if (!chunk) break;
			parser.write(chunk);
			if (parser.errored) throw new Problem(400, 'upload_malformed');
			overhead += chunk.length;
			for (let found: Found | null; (found = parser.read() as Found | null);) {
				const { name, buffer, start, end } = found;
				if (name === 'partBegin') headers = new Map();
				else if (name === 'headerField') field += buffer.toString('latin1', start, end);
				else if (name === 'headerValue') value += buffer.toString('latin1', start, end);
				else if (name === 'headerEnd') {
					headers.set(field.toLowerCase(), value);
					[field, value] = ['', ''];
				} else if (name === 'headersEnd') await listener.begin(headers);
				else if (name === 'partData') {
					overhead -= end - start;
					const busy = listener.add(buffer.subarray(start, end));
					if (busy) await busy;
				} else if (name === 'end') isWhole = true;
			}
			if (overhead > MOST_OVERHEAD_BYTES) throw new Problem(400, 'upload_header_too_long');
		}
		if (!isWhole) cutShort();
	} finally {
		reader.releaseLock();
		parser.destroy();
	}
}

function boundaryOf(contentType: string): string {
	if (!/^multipart\/form-data(;|$)/i.test(contentType)) throw new Problem(400, 'upload_no_form');
	const [, quoted, plain] =
		/;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(contentType) ?? [];
	const boundary = quoted ?? plain;
	if (!boundary) throw new Problem(400, 'upload_no_boundary');
	return boundary;
}

function cutShort(): never {
	throw new Problem(400, 'upload_cut_short');
}
