import { randomBytes } from 'node:crypto';

/** Sound, and so many bytes of it: noise in CD quality. */
export function wave(bytes: number): Buffer<ArrayBuffer> {
	const header = Buffer.from('RIFF....WAVEfmt \x10\0\0\0\x01\0\x02\0........\x04\0\x10\0data....', 'latin1');
	header.writeUInt32LE(bytes - 8, 4);
	header.writeUInt32LE(44100, 24);
	header.writeUInt32LE(176400, 28);
	header.writeUInt32LE(bytes - 44, 40);
	return Buffer.concat([header, randomBytes(bytes - 44)]);
}
