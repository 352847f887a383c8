export type Failure = 'unplayable' | 'unloaded';

/** Whoever waits longer than this is told, and may try again. */
const LONGEST_MS = 10_000;

/**
 * Why an audio element gave up. A format that the browser does not know and an answer without sound look the same to
 * it, so we ask; what is there may only just have come back, and is worth a second try.
 */
export async function judge(
	error: MediaError | null,
	address: string,
	isSecondTry: boolean
): Promise<Failure | 'again'> {
	if (error?.code === MediaError.MEDIA_ERR_DECODE) return 'unplayable';
	const isNoSound = error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
	if (!isNoSound || !(await isThere(address))) return 'unloaded';
	return isSecondTry ? 'unplayable' : 'again';
}

async function isThere(address: string): Promise<boolean> {
	try {
		const signal = AbortSignal.timeout(LONGEST_MS);
		return (await fetch(address, { method: 'HEAD', redirect: 'manual', cache: 'no-store', signal })).ok;
	} catch {
		return false;
	}
}
