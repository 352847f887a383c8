/** One frame of an MP3 or AAC stream; `kind` is what the frames of one stream share: version, layer, sampling rate. */
export type Frame = { bytes: number; samples: number; hertz: number; kind: number };

const MP3_KBITS = {
	first: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
	later: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0]
};
const MP3_HERTZ = [44100, 48000, 32000];
const AAC_HERTZ = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** The layer III frame that begins at `at` (ISO 11172-3, 13818-3 and Fraunhofer's MPEG 2.5), if one does. */
export function mp3Frame(data: Buffer, at: number): Frame | undefined {
	if (at + 4 > data.length || data[at] !== 0xff || (data[at + 1]! & 0xe6) !== 0xe2) return;
	const [high, low] = [data[at + 1]!, data[at + 2]!];
	const version = (high >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
	const kbits = MP3_KBITS[version === 3 ? 'first' : 'later'][low >> 4];
	const rate = MP3_HERTZ[(low >> 2) & 3];
	if (version === 1 || !kbits || !rate) return;
	const hertz = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
	const samples = version === 3 ? 1152 : 576;
	const bytes = Math.floor((samples * kbits * 125) / hertz) + ((low >> 1) & 1);
	return { bytes, samples, hertz, kind: ((high & 0x1e) << 8) | (low & 0x0c) };
}

/** The ADTS frame that begins at `at` (ISO 13818-7), if one does. */
export function aacFrame(data: Buffer, at: number): Frame | undefined {
	if (at + 7 > data.length || data[at] !== 0xff || (data[at + 1]! & 0xf6) !== 0xf0) return;
	const [high, low] = [data[at + 1]!, data[at + 2]!];
	const hertz = AAC_HERTZ[(low >> 2) & 15];
	const bytes = (data.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
	if (!hertz || bytes < 7) return;
	const blocks = (data[at + 6]! & 3) + 1;
	return { bytes, samples: 1024 * blocks, hertz, kind: ((high & 0x08) << 8) | (low & 0xfc) };
}

/**
 * How many samples of an MP3 are not sound. Its first frame may hold a Xing or Info header instead, and LAME's
 * count of the samples that its encoder put before and after: http://gabriel.mp3-tech.org/mp3infotag.html
 */
export function mp3Padding(data: Buffer, at: number): number {
	const frame = mp3Frame(data, at);
	if (!frame) return 0;
	const first = data.subarray(at, at + frame.bytes);
	const header = Math.max(first.indexOf('Xing'), first.indexOf('Info'));
	if (header < 0) return 0;
	const padding = header + 144 <= first.length ? first.readUIntBE(header + 141, 3) : 0;
	return frame.samples + (padding >> 12) + (padding & 0xfff);
}
