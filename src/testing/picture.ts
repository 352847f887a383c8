import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { locate } from '../lib/kernel/media/programs.server.ts';

/** A colourful picture; the ending of `to` says of which kind. */
export async function drawPicture(to: string, size = '64x48'): Promise<void> {
	const args = ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc=size=${size}`];
	await promisify(execFile)(await locate('ffmpeg'), [...args, '-frames:v', '1', to]);
}

/** A JPEG as a phone writes it that was held upright, with the name of its owner. */
export function asOfPhone(jpeg: Buffer, orientation: number): Buffer {
	const name = Buffer.from('Owner of the phone\0');
	const tiff = Buffer.alloc(38 + name.length);
	tiff.write('II*\0\x08\0\0\0\x02\0', 'latin1');
	// Orientation, one short; Artist, text that stands behind the list
	tiff.writeUInt16LE(0x0112, 10);
	tiff.writeUInt16LE(3, 12);
	tiff.writeUInt32LE(1, 14);
	tiff.writeUInt16LE(orientation, 18);
	tiff.writeUInt16LE(0x013b, 22);
	tiff.writeUInt16LE(2, 24);
	tiff.writeUInt32LE(name.length, 26);
	tiff.writeUInt32LE(38, 30);
	name.copy(tiff, 38);
	const marker = Buffer.from([0xff, 0xe1, 0, tiff.length + 8]);
	return Buffer.concat([jpeg.subarray(0, 2), marker, Buffer.from('Exif\0\0'), tiff, jpeg.subarray(2)]);
}

/** Points across and down, as the header of a JPEG has them. */
export function sizeOf(jpeg: Buffer): [width: number, height: number] {
	let at = 2;
	while (![0xc0, 0xc2].includes(jpeg[at + 1]!)) at += 2 + jpeg.readUInt16BE(at + 2);
	return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
}
