import { Problem } from '../problem.ts';

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
	if (!request.body) throw new Problem(400, 'upload_cut_short');
	const { MultipartParser } = await import('formidable');
	const parser = new MultipartParser();
	const boundary = boundaryOf(request.headers.get('content-type') ?? '');
	parser.initWithBoundary(boundary);
	parser.on('error', () => {}); // `errored` tells it at once

	const reader = request.body.getReader();
	const content = new Content(boundary);
	let overhead = 0;
	let isWhole = false;
	let headers = new Map<string, string>();
	let [field, value] = ['', ''];
	try {
		for (;;) {
			const { value: chunk } = await reader.read().catch(cutShort);
			if (!chunk) break;
			overhead += chunk.length;
			const [plain, rest] = content.split(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
			overhead -= plain.length;
			if (plain.length > 0) await listener.add(plain);
			parser.write(rest);
			if (parser.errored) throw new Problem(400, 'upload_malformed');
			for (let found: Found | null; (found = parser.read() as Found | null);) {
				const { name, buffer, start, end } = found;
				if (name === 'partBegin') headers = new Map();
				else if (name === 'headerField') field += buffer.toString('latin1', start, end);
				else if (name === 'headerValue') value += buffer.toString('latin1', start, end);
				else if (name === 'headerEnd') {
					headers.set(field.toLowerCase(), value);
					[field, value] = ['', ''];
				} else if (name === 'headersEnd') {
					content.isOn = true;
					await listener.begin(headers);
				} else if (name === 'partData') {
					overhead -= end - start;
					await listener.add(buffer.subarray(start, end));
				} else if (name === 'partEnd') content.isOn = false;
				else if (name === 'end') isWhole = true;
			}
			if (overhead > MOST_OVERHEAD_BYTES) throw new Problem(400, 'upload_header_too_long');
		}
		if (!isWhole) cutShort();
	} finally {
		reader.releaseLock();
		parser.destroy();
	}
}

/** Tells plain content, which is nearly all there is, from what the parser has to see: it goes byte by byte. */
class Content {
	/** whether a part's content is coming in */
	isOn = false;
	#delimiter: Buffer;
	/** whether the parser may be half way through a delimiter */
	#isPending = false;

	constructor(boundary: string) {
		this.#delimiter = Buffer.from(`\r\n--${boundary}`);
	}

	split(chunk: Buffer): [plain: Buffer, rest: Buffer] {
		const longest = this.#delimiter.length + 2; // with the dashes of the last one, or the end of its line
		const start = this.isOn && !this.#isPending ? chunk.indexOf(this.#delimiter) : 0;
		const lineEnd = chunk.indexOf('\r', Math.max(0, chunk.length - longest));
		const at = start >= 0 ? start : lineEnd >= 0 ? lineEnd : chunk.length;
		this.#isPending = lineEnd >= 0 || (this.#isPending && chunk.length < longest);
		return [chunk.subarray(0, at), chunk.subarray(at)];
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
