import { createHash } from 'node:crypto';

/** One file in it. */
export type ZipEntry = {
	/** with `/` between folders */
	name: string;
	bytes: number;
	/** of all its bytes, as `crc32` of node:zlib counts it */
	crc32: number;
	modifiedAt: Date;
	/** from `first` to `last`, both counted in */
	read(first: number, last: number): AsyncIterable<Uint8Array>;
};

type Zip = {
	bytes: number;
	/** changes whenever a byte does */
	etag: string;
	read(first: number, last: number): AsyncGenerator<Uint8Array>;
};

/** A part of the whole: the head of an entry, an entry, or the list at the end. */
type Part = { first: number; last: number; read: ZipEntry['read'] };

/** What 32 bits, and 16, are too few for stands elsewhere, and this in its place. */
const LARGE = 0xffffffff;
const MANY = 0xffff;

const PLAIN = 20;
const ZIP64 = 45;
/** a file of Unix that its owner may change and everybody read */
const BY_UNIX = 3 << 8;
const RIGHTS = (0o100644 << 16) >>> 0;
const NAMED_IN_UTF8 = 0x800;

/**
 * A ZIP of files as they are, uncompressed: sound would hardly shrink, and so the place of each byte is known before
 * any is read. Whoever goes on in the middle costs no byte before that. The format is PKWARE's APPNOTE 6.3.10.
 */
export function zip(entries: ZipEntry[]): Zip {
	const parts: Part[] = [];
	let bytes = 0;
	const add = (length: number, read: Part['read']) => {
		if (length > 0) parts.push({ first: bytes, last: bytes + length - 1, read });
		bytes += length;
	};
	const list = entries.map((entry) => {
		const listed = listHead(entry, bytes);
		const head = fileHead(entry);
		add(head.length, readFrom(head));
		add(entry.bytes, entry.read);
		return listed;
	});
	const end = Buffer.concat([...list, listEnd(list, bytes)]);
	add(end.length, readFrom(end));

	return {
		bytes,
		etag: createHash('sha256').update(end).digest('hex').slice(0, 32),
		async *read(first, last) {
			const start = parts.findIndex((part) => part.last >= first);
			for (const part of parts.slice(start)) {
				if (part.first > last) return;
				const from = Math.max(first, part.first) - part.first;
				yield* part.read(from, Math.min(last, part.last) - part.first);
			}
		}
	};
}

/** How an entry reads what is in memory. */
export function readFrom(content: Uint8Array): ZipEntry['read'] {
	return async function* (first, last) {
		yield content.subarray(first, last + 1);
	};
}

function fileHead(entry: ZipEntry): Buffer {
	const isLarge = entry.bytes >= LARGE;
	const extra = isLarge ? [extraField(1, [entry.bytes, entry.bytes])] : [];
	return Buffer.concat([numbers([0x04034b50, 4]), ...described(entry, extra, isLarge)]);
}

function listHead(entry: ZipEntry, offset: number): Buffer {
	const large = [...(entry.bytes >= LARGE ? [entry.bytes, entry.bytes] : []), offset].filter(
		(n) => n >= LARGE
	);
	const extra = large.length > 0 ? [extraField(1, large)] : [];
	const [fields, ...rest] = described(entry, extra, large.length > 0);
	return Buffer.concat([
		numbers([0x02014b50, 4], [BY_UNIX | ZIP64, 2]),
		fields!,
		// no comment, the first disk, nothing of the inside
		numbers([0, 2], [0, 2], [0, 2], [RIGHTS, 4], [Math.min(offset, LARGE), 4]),
		...rest
	]);
}

/** What both heads say of an entry: the fields, its name, and what else there is. */
function described({ name, bytes, crc32, modifiedAt }: ZipEntry, more: Buffer[], isLarge: boolean): Buffer[] {
	const words = Buffer.from(name);
	const unixTime = Buffer.concat([numbers([0x5455, 2], [5, 2], [1, 1]), secondsOf(modifiedAt)]);
	const extra = Buffer.concat([...more, unixTime]);
	const size = Math.min(bytes, LARGE);
	const [time, day] = dosTime(modifiedAt);
	return [
		numbers(
			...([
				[isLarge ? ZIP64 : PLAIN, 2],
				[NAMED_IN_UTF8, 2],
				[0, 2],
				[time, 2],
				[day, 2]
			] as const),
			...([
				[crc32, 4],
				[size, 4],
				[size, 4],
				[words.length, 2],
				[extra.length, 2]
			] as const)
		),
		words,
		extra
	];
}

function listEnd(list: Buffer[], offset: number): Buffer {
	const count = list.length;
	const size = list.reduce((sum, { length }) => sum + length, 0);
	const large = numbers(
		...([
			[0x06064b50, 4],
			[44, 8],
			[BY_UNIX | ZIP64, 2],
			[ZIP64, 2],
			[0, 4],
			[0, 4]
		] as const),
		...([
			[count, 8],
			[count, 8],
			[size, 8],
			[offset, 8]
		] as const),
		...([
			[0x07064b50, 4],
			[0, 4],
			[offset + size, 8],
			[1, 4]
		] as const)
	);
	const few = Math.min(count, MANY);
	const end = numbers(
		...([
			[0x06054b50, 4],
			[0, 2],
			[0, 2],
			[few, 2],
			[few, 2]
		] as const),
		...([
			[Math.min(size, LARGE), 4],
			[Math.min(offset, LARGE), 4],
			[0, 2]
		] as const)
	);
	return count >= MANY || size >= LARGE || offset >= LARGE ? Buffer.concat([large, end]) : end;
}

function extraField(tag: number, values: number[]): Buffer {
	return numbers([tag, 2], [values.length * 8, 2], ...values.map((value) => [value, 8] as const));
}

/** Each number in so many bytes, the lowest first. */
function numbers(...fields: (readonly [value: number, bytes: number])[]): Buffer {
	const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
	let at = 0;
	for (const [value, bytes] of fields) {
		if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
		else buffer.writeUIntLE(value, at, bytes);
		at += bytes;
	}
	return buffer;
}

function secondsOf(time: Date): Buffer {
	return numbers([Math.floor(time.getTime() / 1000) >>> 0, 4]);
}

/** Every two seconds since 1980; of no time zone, so it is that of UTC. */
function dosTime(time: Date): [time: number, day: number] {
	const [hours, minutes, seconds] = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()];
	const year = Math.min(Math.max(time.getUTCFullYear() - 1980, 0), 127);
	return [
		(hours << 11) | (minutes << 5) | (seconds >> 1),
		(year << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate()
	];
}
