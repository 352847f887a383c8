import { digest } from '../kernel/token.ts';

/** The last of them, of 10 to 100 kB each. */
const MOST = 60;
const kept = new Map<string, Promise<Buffer>>();

/** Made once for what it shows, by each process; who asks meanwhile waits for the same. */
export function once(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
	const making = kept.get(key) ?? make();
	kept.delete(key);
	kept.set(key, making);
	making.catch(() => kept.delete(key));
	if (kept.size > MOST) kept.delete(kept.keys().next().value!);
	return making;
}

/** A word for all that something shows: its address changes with it, and may be kept for ever. */
export const versionOf = (shown: unknown) => digest(JSON.stringify(shown)).toString('base64url').slice(0, 16);

/** For anybody who has the address: what is drawn says no more than the page where one signs in. */
export function answer(bytes: Buffer, mimeType: string): Response {
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': mimeType,
			'content-length': String(bytes.length),
			'cache-control': 'public, max-age=31536000, immutable',
			'cross-origin-resource-policy': 'cross-origin'
		}
	});
}
