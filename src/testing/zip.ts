import { deflateRawSync } from 'node:zlib';

/** An archive of one entry, which may lie about how large it is. */
export function zip(name: string, content: Buffer, said = content.length): Buffer {
	const packed = deflateRawSync(content);
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(8, 8);
	local.writeUInt32LE(packed.length, 18);
	local.writeUInt32LE(said, 22);
	local.writeUInt16LE(name.length, 26);
	const central = Buffer.alloc(46);
	central.writeUInt32LE(0x02014b50, 0);
	central.writeUInt16LE(8, 10);
	central.writeUInt32LE(packed.length, 20);
	central.writeUInt32LE(said, 24);
	central.writeUInt16LE(name.length, 28);
	const at = 30 + name.length + packed.length;
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(46 + name.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}
