import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../settings.server.ts';

/*
 * What nobody but the site may read, not even who has a copy of the database: AES-256-GCM. `place` is the table, column
 * and row of the value, which it cannot be carried away from. As it is stored: 1, four bytes of the key's digest (by
 * which a change of keys will know its own), 12 of nonce, 16 of tag, and the text.
 */
const HEAD = 1 + 4 + 12 + 16;
type Bytes = Uint8Array<ArrayBuffer>;

/** Whether there is a key: on a machine that others rely on it is never made up, for a restore would not have it. */
export function canSeal(): boolean {
	return Boolean(settings.DATA_KEY) || settings.LOCAL || process.env.NODE_ENV !== 'production';
}

export function seal(text: string, place: string): Bytes {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key(), nonce).setAAD(Buffer.from(place));
	const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([Buffer.from([1]), mark(key()), nonce, cipher.getAuthTag(), content]);
}

/** Throws for what was sealed with a key that is not set (any more), for another place, or was changed. */
export function unseal(sealed: Uint8Array, place: string): string {
	const bytes = Buffer.from(sealed);
	const own = [key(), ...oldKey()].find((one) => bytes.subarray(1, 5).equals(mark(one)));
	if (bytes[0] !== 1 || !own)
		throw new Error('A value was sealed with another DATA_KEY than the one that is set.');
	const decipher = createDecipheriv('aes-256-gcm', own, bytes.subarray(5, 17), { authTagLength: 16 });
	decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(17, HEAD));
	return Buffer.concat([decipher.update(bytes.subarray(HEAD)), decipher.final()]).toString('utf8');
}

/** By what a value begins with that is sealed with the key that is set. */
export function presentMark(): Buffer {
	return Buffer.concat([Buffer.from([1]), mark(key())]);
}

const oldKey = () => (settings.DATA_KEY_OLD ? [Buffer.from(settings.DATA_KEY_OLD, 'hex')] : []);

const mark = (key: Buffer) => createHash('sha256').update(key).digest().subarray(0, 4);

let kept: string | undefined;

function key(): Buffer {
	return Buffer.from(settings.DATA_KEY ?? (kept ??= keepOwn()), 'hex');
}

/** Made once; of two processes that begin together the second takes that of the first. */
function keepOwn(): string {
	if (!canSeal()) throw new Error('DATA_KEY is not set.');
	const path = join(settings.DATA_DIR, 'data.key');
	mkdirSync(settings.DATA_DIR, { recursive: true });
	// whole or not at all: another process may be reading it
	const fresh = `${path}.${process.pid}`;
	writeFileSync(fresh, randomBytes(32).toString('hex'), { mode: 0o600 });
	try {
		linkSync(fresh, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		rmSync(fresh);
	}
	return readFileSync(path, 'utf8').trim();
}
