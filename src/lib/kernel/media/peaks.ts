/** How many there are at most: as many points as a large screen has for them. */
export const MOST_PEAKS = 1800;

/**
 * The loudest of each of up to 1,800 equal parts, of samples of 16 bits that come one block after the other. However
 * many come, it needs the same memory: when there are too many parts, two become one.
 */
export class Peaks {
	samples = 0;
	#parts = new Uint16Array(MOST_PEAKS);
	#half: number | undefined;
	#samplesPerPart: number;

	constructor(samplesPerPart: number) {
		this.#samplesPerPart = samplesPerPart;
	}

	add(block: Buffer): void {
		let at = 0;
		if (this.#half !== undefined && block.length > 0) {
			this.#take(Buffer.of(this.#half, block[0]!).readInt16LE());
			this.#half = undefined;
			at = 1;
		}
		for (; at + 1 < block.length; at += 2) this.#take(((block[at]! | (block[at + 1]! << 8)) << 16) >> 16);
		if (at < block.length) this.#half = block[at];
	}

	#take(sample: number): void {
		let part = Math.floor(this.samples / this.#samplesPerPart);
		if (part === MOST_PEAKS) {
			this.#fold();
			part = MOST_PEAKS / 2;
		}
		const loud = Math.abs(sample);
		if (loud > this.#parts[part]!) this.#parts[part] = loud;
		this.samples++;
	}

	#fold(): void {
		const parts = this.#parts;
		for (let n = 0; n < MOST_PEAKS / 2; n++) parts[n] = Math.max(parts[2 * n]!, parts[2 * n + 1]!);
		parts.fill(0, MOST_PEAKS / 2);
		this.#samplesPerPart *= 2;
	}

	/** From 0 to 255, of which the loudest has 255: it shows the shape of a soft one too. */
	finish(): Buffer {
		const count = Math.ceil(this.samples / this.#samplesPerPart);
		const parts = this.#parts.subarray(0, count);
		const loudest = Math.max(1, ...parts);
		return Buffer.from(Array.from(parts, (loud) => Math.round((loud / loudest) * 255)));
	}
}
