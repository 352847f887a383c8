import type { FileHandle } from 'node:fs/promises';
import { aacFrame, mp3Frame, mp3Padding } from './frames.ts';
import { lastGranule, lastTick, preSkip, tickNanoseconds } from './tails.ts';

/*
 * The lengths that no header tells, or none that can be trusted: streams of frames are counted from end to end,
 * a megabyte at a time; of containers that number their packets the last one is looked up.
 */

const WINDOW = 1 << 20;
/** Longer than any frame, so that the header after one is always in sight. */
const AHEAD = 1 << 14;
/** An Ogg page is 64 KB at most. */
const OGG_TAIL = 1 << 18;
/** A WebM cluster is 32.7 seconds at most; at Opus's 510 kbit/s that is 2 MB. */
const WEBM_TAIL = 4 << 20;

export async function ofFrames(file: FileHandle, format: 'mp3' | 'aac'): Promise<number | undefined> {
	const frameAt = format === 'mp3' ? mp3Frame : aacFrame;
	const { size } = await file.stat();
	let start = await afterTags(file);
	let data = await read(file, start, WINDOW);
	let [seconds, frames, runs, follows] = [0, 0, 0, false];

	if (format === 'mp3') seconds -= mp3Padding(data, 0) / (mp3Frame(data, 0)?.hertz ?? 1);
	for (let at = 0; start + at < size;) {
		if (at + AHEAD > data.length && start + data.length < size) {
			start += at;
			data = await read(file, start, WINDOW);
			at = 0;
			if (data.length === 0) break;
		}
		const frame = frameAt(data, at);
		if (frame && (follows || frameAt(data, at + frame.bytes)?.kind === frame.kind)) {
			if (!follows) runs++;
			follows = true;
			frames++;
			seconds += frame.samples / frame.hertz;
			at += frame.bytes;
		} else {
			follows = false;
			const next = data.indexOf(0xff, at + 1);
			at = next < 0 ? data.length : next;
		}
	}
	// bytes that are no audio look like a frame here and there, but not like many in a row
	return frames > 4 * runs && seconds > 0 ? seconds : undefined;
}

export async function ofOgg(file: FileHandle, codec: string, hertz = 0): Promise<number | undefined> {
	const granule = lastGranule(await tail(file, OGG_TAIL));
	if (granule === undefined) return;
	// Opus always counts at 48 kHz, whatever it was made from
	return codec === 'Opus' ? (granule - preSkip(await read(file, 0, 512))) / 48000 : granule / hertz;
}

export async function ofWebm(file: FileHandle): Promise<number | undefined> {
	const tick = lastTick(await tail(file, WEBM_TAIL));
	return tick === undefined ? undefined : (tick * tickNanoseconds(await read(file, 0, 4096))) / 1e9;
}

/** ID3v2 tags, of which there may be several, stand before the first frame; their size has seven bits a byte. */
async function afterTags(file: FileHandle): Promise<number> {
	let at = 0;
	for (let tags = 0; tags < 8; tags++) {
		const head = await read(file, at, 10);
		if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') break;
		const footer = head[5]! & 0x10 ? 10 : 0;
		at += 10 + footer + head.subarray(6).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0);
	}
	return at;
}

async function tail(file: FileHandle, bytes: number): Promise<Buffer> {
	const { size } = await file.stat();
	return read(file, Math.max(0, size - bytes), bytes);
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}
