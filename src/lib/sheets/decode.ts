const BOMS: [start: number[], encoding: string][] = [
	[[0xef, 0xbb, 0xbf], 'utf-8'],
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be']
];

/** A text as spreadsheets write it: by its mark, else by its zeros, else UTF-8 if it is that, else Windows-1252. */
export function decode(bytes: Uint8Array): string {
	const marked = BOMS.find(([start]) => start.every((byte, at) => bytes[at] === byte))?.[1];
	if (marked) return new TextDecoder(marked).decode(bytes);
	const wide = findWide(bytes.subarray(0, 4000));
	if (wide) return new TextDecoder(wide).decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** Of Latin letters every second byte is a zero. */
function findWide(start: Uint8Array): string | undefined {
	const zeros = [0, 0];
	start.forEach((byte, at) => byte === 0 && zeros[at % 2]!++);
	const many = start.length / 5;
	if (zeros[1]! > many && zeros[0]! < zeros[1]! / 4) return 'utf-16le';
	if (zeros[0]! > many && zeros[1]! < zeros[0]! / 4) return 'utf-16be';
}

/** Whether a text is none: a picture, a PDF, a program. */
export function isBinary(text: string): boolean {
	const start = text.slice(0, 4000);
	const strange = start.match(/[^\P{Cc}\s\u0080-\u009f]|\ufffd/gu)?.length ?? 0;
	return strange > start.length / 100 || /^(%PDF-|\{\\rtf|<(!doctype|html|\?xml))/i.test(start.trimStart());
}
