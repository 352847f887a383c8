import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ReadableStream as WebStream } from 'node:stream/web';
import { Problem } from '../../lib/kernel/problem.ts';
import { objectName, type Piece } from './snapshot.ts';
import { type Seal, type Unseal, unopened } from './seal.server.ts';
import type { Store, Stored } from './store.server.ts';

/** What came was not what the name promised. */
export class Different extends Error {}

/** The sealed contents of a store, each there once, by their SHA-256. */
export class Objects {
	/** bytes by name, of all that is in the store */
	readonly #there: Map<string, number>;
	readonly #store: Store;
	readonly #seal: Seal;
	written = { objects: 0, bytes: 0 };

	constructor(store: Store, seal: Seal, there: Stored[]) {
		this.#store = store;
		this.#seal = seal;
		this.#there = new Map(there.map(({ name, bytes }) => [name, bytes]));
	}

	/** One that was cut short is not there. */
	has({ sha256, bytes }: Piece): boolean {
		return this.#there.get(objectName(sha256)) === this.#seal.sealedBytes(bytes);
	}

	/** Throws what `content` throws, and Different, keeping nothing, when `content` is not what `piece` says. */
	async put(piece: Piece, content: AsyncIterable<Uint8Array>): Promise<void> {
		if (this.has(piece)) return;
		const name = objectName(piece.sha256);
		const source = remembering(checked(content, piece));
		try {
			await this.#write(name, source.content, piece.bytes);
		} catch (error) {
			// the store says of everything that it was the store
			throw source.broke() ?? error;
		}
		this.#there.set(name, this.#seal.sealedBytes(piece.bytes));
		this.written.objects++;
	}

	async keep(content: Uint8Array): Promise<string> {
		const sha256 = createHash('sha256').update(content).digest('hex');
		await this.put({ sha256, bytes: content.length }, Readable.from([content]));
		return sha256;
	}

	/** Sealed, under a name of its own. */
	seal(name: string, content: Uint8Array): Promise<void> {
		return this.#write(name, Readable.from([content]), content.length);
	}

	async #write(name: string, content: AsyncIterable<Uint8Array>, bytes: number): Promise<void> {
		const sealed = await this.#seal.close(WebStream.from(content) as ReadableStream<Uint8Array>);
		const sealedBytes = this.#seal.sealedBytes(bytes);
		await this.#store.put(name, sealed, sealedBytes);
		this.written.bytes += sealedBytes;
	}
}

/** Opens a file of the store; a Problem, while it is read too, when it does not open or is not all there. */
export async function* read(store: Store, unseal: Unseal, name: string): AsyncGenerator<Uint8Array> {
	try {
		yield* await unseal(await store.get(name));
	} catch (error) {
		throw unopened(error, name);
	}
}

/** Opens an object; a Problem at its end when it is not what its name says. */
export async function* readObject(store: Store, unseal: Unseal, piece: Piece): AsyncGenerator<Uint8Array> {
	const name = objectName(piece.sha256);
	try {
		yield* checked(read(store, unseal, name), piece);
	} catch (error) {
		if (error instanceof Different) throw new Problem(`${name} holds something else than its name says.`);
		throw error;
	}
}

/** The same content, and what broke while it was read, if anything did. */
function remembering(content: AsyncIterable<Uint8Array>) {
	let broken: unknown;
	const watched = async function* () {
		try {
			yield* content;
		} catch (error) {
			broken = error;
			throw error;
		}
	};
	return { content: watched(), broke: () => broken };
}

async function* checked(
	content: AsyncIterable<Uint8Array>,
	{ sha256, bytes }: Piece
): AsyncGenerator<Uint8Array> {
	const sum = createHash('sha256');
	let count = 0;
	for await (const part of content) {
		sum.update(part);
		count += part.length;
		yield part;
	}
	if (count !== bytes || sum.digest('hex') !== sha256) throw new Different(sha256);
}
