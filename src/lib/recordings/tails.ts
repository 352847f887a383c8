/** Where the packets of the last whole Ogg page end, in samples since the start (RFC 3533, section 6). */
export function lastGranule(tail: Buffer): number | undefined {
	let at = tail.length;
	while ((at = tail.subarray(0, at).lastIndexOf('OggS')) >= 0) {
		const granule = at + 14 <= tail.length ? Number(tail.readBigInt64LE(at + 6)) : -1;
		if (granule >= 0) return granule; // -1: no packet ends on this page
	}
}

/** The samples that a decoder drops at the start of an Ogg Opus stream (RFC 7845, section 5.1). */
export function preSkip(head: Buffer): number {
	const at = head.indexOf('OpusHead');
	return at < 0 || at + 12 > head.length ? 0 : head.readUInt16LE(at + 10);
}

// Matroska's names for its elements (RFC 9559, section 27.1)
const CLUSTER = Buffer.of(0x1f, 0x43, 0xb6, 0x75);
const TIMESTAMP_SCALE = Buffer.of(0x2a, 0xd7, 0xb1);
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;

/** Where the sound of the last WebM cluster ends, in ticks: recorders that stream never write the length. */
export function lastTick(tail: Buffer): number | undefined {
	let at = tail.length;
	while ((at = tail.subarray(0, at).lastIndexOf(CLUSTER)) >= 0) {
		const end = endOfCluster(tail, at);
		if (end !== undefined) return end;
	}
}

/** How many nanoseconds a tick of this WebM file takes. */
export function tickNanoseconds(head: Buffer): number {
	const at = head.indexOf(TIMESTAMP_SCALE);
	const size = at < 0 ? undefined : number(head, at + 3, true);
	const end = size ? size.end + size.value : 0;
	return size && end <= head.length && size.value <= 6 ? head.readUIntBE(size.end, size.value) : 1e6;
}

function endOfCluster(data: Buffer, at: number): number | undefined {
	let start: number | undefined;
	let [last, before] = [0, 0];
	for (const { id, from, to } of children(data, at)) {
		if (id === TIMESTAMP && to - from <= 6) start = data.readUIntBE(from, to - from);
		if (id !== SIMPLE_BLOCK && id !== BLOCK) continue;
		const track = number(data, from, true);
		if (!track || track.end + 2 > data.length) break;
		[before, last] = [last, data.readInt16BE(track.end)];
	}
	// the last packet is as long as the one before it
	return start === undefined ? undefined : start + last + (last - before);
}

/** What stands inside a cluster, whether it knows its size or not; a group of blocks is opened. */
function* children(data: Buffer, at: number) {
	at = number(data, at + 4, true)?.end ?? data.length;
	while (at < data.length) {
		const id = number(data, at, false);
		const size = id && number(data, id.end, true);
		if (!size || id.value > 0xff) return; // a name of more than a byte belongs to what follows the cluster
		const to = Math.min(data.length, size.end + size.value);
		yield { id: id.value, from: size.end, to };
		at = id.value === BLOCK_GROUP ? size.end : to;
	}
}

/** A number whose length shows in its first byte; names keep the bit that shows it, sizes do not. */
function number(data: Buffer, at: number, isSize: boolean): { value: number; end: number } | undefined {
	const length = Math.clz32(data[at] ?? 0) - 23;
	if (length > 8 || at + length > data.length) return;
	let value = isSize ? data[at]! & (0xff >> length) : data[at]!;
	for (let next = at + 1; next < at + length; next++) value = value * 256 + data[next]!;
	return { value, end: at + length };
}
