import { Decrypter, Encrypter } from 'age-encryption';
import { Problem } from '../../lib/kernel/problem.ts';

/** age encrypts pieces of this size, and each carries a tag: https://age-encryption.org/v1 */
const PIECE_BYTES = 64 << 10;
const TAG_BYTES = 16;

/** Encrypts to one public key; whoever has this can read nothing. */
export type Seal = {
	recipient: string;
	close(content: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>>;
	sealedBytes(bytes: number): number;
};

export async function sealing(recipient: string): Promise<Seal> {
	const encrypter = new Encrypter();
	try {
		encrypter.addRecipient(recipient);
	} catch {
		throw new Problem('BACKUP_RECIPIENT is not a public key of age: age-keygen -y prints the one of a key.');
	}
	// header and nonce are as long for every file
	const empty = await encrypter.encrypt(new Uint8Array());
	const headBytes = empty.length - TAG_BYTES;
	return {
		recipient,
		close: (content) => encrypter.encrypt(content),
		sealedBytes: (bytes) => headBytes + bytes + TAG_BYTES * Math.max(1, Math.ceil(bytes / PIECE_BYTES))
	};
}

/** Opens what was sealed for one of the keys in `identity`: the text of a file that age-keygen wrote. */
export type Unseal = (content: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>;

export function unsealing(identity: string): Unseal {
	const decrypter = new Decrypter();
	const keys = identity.match(/^AGE-SECRET-KEY-\S+/gm) ?? [];
	if (keys.length === 0) throw new Problem('BACKUP_IDENTITY holds no secret key of age (AGE-SECRET-KEY-1…).');
	try {
		for (const key of keys) decrypter.addIdentity(key);
	} catch {
		throw new Problem('BACKUP_IDENTITY holds a secret key of age that is not whole.');
	}
	return (content) => decrypter.decrypt(content);
}

/** What is to be said of a file that did not open. What the system or the store said of it stays as it is. */
export function unopened(error: unknown, name: string): unknown {
	if (error instanceof Problem || (error as NodeJS.ErrnoException).code) return error;
	const { message } = error as Error;
	if (message.startsWith('no identity matched'))
		return new Problem(`${name} was sealed for another key than the one in BACKUP_IDENTITY.`);
	return new Problem(`${name} is damaged, or is no backup of ours: choose another one (${message}).`);
}
