import { expect, test } from 'vitest';
import { eachPart } from './parts.server.ts';

const LURES = [
	'\r',
	'\n',
	'-',
	'--',
	'\r\n',
	'\r\n--',
	'\r\n--bead',
	'beads',
	'x',
	'a longer piece of sound',
	'\0'
];

/** A row of numbers below `n` that look random and are the same each time. */
function dice(seed: number) {
	return (n: number) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) % n;
}

async function read(body: Buffer, roll: (n: number) => number): Promise<string[]> {
	const largest = 1 + roll(60);
	let at = 0;
	const stream = new ReadableStream({
		pull(controller) {
			if (at === body.length) return controller.close();
			const chunk = body.subarray(at, at + 1 + roll(largest));
			at += chunk.length;
			controller.enqueue(chunk);
		}
	});
	const headers = { 'content-type': 'multipart/form-data; boundary=beads' };
	const init = { method: 'POST', body: stream, headers, duplex: 'half' };
	const found: string[] = [];
	await eachPart(new Request('http://localhost/', init as RequestInit), {
		begin: () => void found.push(''),
		add: (data) => void (found[found.length - 1] += data.toString('latin1'))
	});
	return found;
}

test('content that looks like a boundary arrives as it was, however it is cut', async () => {
	const roll = dice(3);
	for (let round = 0; round < 1000; round++) {
		const parts = Array.from({ length: 1 + roll(3) }, () =>
			Array.from({ length: roll(30) }, () => LURES[roll(LURES.length)])
				.join('')
				.replaceAll('\r\n--beads', 'x')
		);
		const body = parts.map(
			(part) => `--beads\r\nContent-Disposition: form-data; name="a"\r\n\r\n${part}\r\n`
		);
		expect(await read(Buffer.from(`${body.join('')}--beads--\r\n`), roll)).toEqual(parts);
	}
});
