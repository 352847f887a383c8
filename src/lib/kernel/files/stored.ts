import type { PictureCopy } from '../media/picture-sizes.ts';

/** The bytes of one file, wherever they are kept. */
export type Stored = {
	bytes: number;
	modifiedAt: Date;
	/** where they lie on this machine, if they do */
	path?: string;
	/** From `first` to `last`, both counted in. Whoever stops reading costs nothing more. */
	read(first: number, last: number): AsyncGenerator<Uint8Array>;
};

/** Of a file: `sha256` is hexadecimal. */
export type Sums = { sha256: string; crc32: number };

/** One way of keeping files. What each of these promises stands at its namesake in files.server.ts. */
export type Store = {
	keep(path: string, id: string, name: string): Promise<void>;
	find(id: string, name: string): Promise<Stored>;
	remove(id: string): Promise<void>;
	sums(id: string, name: string): Promise<Sums>;
	ids(): Promise<string[]>;
	sweep(ids: ReadonlySet<string>): Promise<number>;
};

/** For us, and for the group of the folder, which is nginx's where that sends files. Nobody else on the machine. */
export const FILE_MODE = 0o640;
export const FOLDER_MODE = 0o750;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What belongs to nobody lies here until it comes back or goes for good. */
export const ASIDE = '.lost/';
/** Young enough that its row may be about to appear. */
export const FRESH_MS = 3600_000;
/** How long what was set aside can still come back. */
export const ASIDE_MS = 30 * 24 * 3600_000;

/** As Postgres writes it. */
export const isId = (name: string) => UUID.test(name);

/** The folder in which everything under one id is; ids that lead elsewhere are a bug of whoever asks. */
export function folderName(id: string): string {
	if (!isId(id)) throw new Error('not the id of a file');
	return id;
}

export const originalName = (extension: string) => `original.${extension}`;

/** What is made of an original, and can be made of it again. */
export type Copy = 'playback.m4a' | 'cover.jpg' | PictureCopy;
