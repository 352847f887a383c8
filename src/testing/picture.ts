import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';

/** A colourful picture; the ending of `to` says of which kind. */
export async function drawPicture(to: string, size = '64x48'): Promise<void> {
	const [width, height] = size.split('x').map(Number) as [number, number];
	const points = Buffer.alloc(width * height * 3);
	for (let at = 0; at < points.length; at += 3) {
		const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
		points.set([(x * 255) / width, (y * 255) / height, 128 + 100 * Math.sin(x / 9 + y / 7)], at);
	}
	await sharp(points, { raw: { width, height, channels: 3 } }).toFile(to);
}

/** A PNG of so many white points: 30,000 each way are 109 kB, and 900 million of them to unpack. */
export function bomb(points: number): Buffer {
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(data.length);
		sum.writeUInt32BE(crc32(body));
		return Buffer.concat([length, body, sum]);
	};
	// one bit a point, and a byte before each row
	const header = Buffer.from('\0\0\0\0\0\0\0\0\x01\0\0\0\0', 'latin1');
	header.writeUInt32BE(points, 0);
	header.writeUInt32BE(points, 4);
	const rows = deflateSync(Buffer.alloc((points / 8 + 1) * points), { level: 9 });
	const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
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
