import { crc32 } from 'node:zlib';

/** The files of a ZIP without compression, by its list at the end; throws where a sum is not what it says. */
export function readZip(content: Buffer): Map<string, Buffer> {
	const end = content.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	let at = content.readUInt32LE(end + 16);
	const files = new Map<string, Buffer>();
	for (let left = content.readUInt16LE(end + 10); left > 0; left--) {
		const [sum, bytes] = [content.readUInt32LE(at + 16), content.readUInt32LE(at + 24)];
		const [name, extra] = [content.readUInt16LE(at + 28), content.readUInt16LE(at + 30)];
		const head = content.readUInt32LE(at + 42);
		const start = head + 30 + content.readUInt16LE(head + 26) + content.readUInt16LE(head + 28);
		const file = content.subarray(start, start + bytes);
		const path = content.toString('utf8', at + 46, at + 46 + name);
		if (crc32(file) !== sum) throw new Error(`${path} is damaged`);
		files.set(path, file);
		at += 46 + name + extra;
	}
	return files;
}
