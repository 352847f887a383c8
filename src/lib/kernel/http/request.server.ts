import { AsyncLocalStorage } from 'node:async_hooks';

export const HEADER = 'x-request-id';

const current = new AsyncLocalStorage<string>();

/** The id of the request that this code works for; undefined in jobs and on the command line. */
export const requestId = () => current.getStore();

/** Every log line that `fn` causes carries `id`. */
export function inRequest<Result>(id: string, fn: () => Result): Result {
	return current.run(id, fn);
}

/**
 * Eight signs that name a request, few enough to read out on the phone: the end of what the proxy calls it, so
 * that its log is found too, or else our own. The end, for some ids begin with the time.
 */
export function name(given: unknown): string {
	const known = typeof given === 'string' && /^[\w-]{0,120}([A-Za-z\d]{8})$/.exec(given)?.[1];
	return known || crypto.randomUUID().slice(0, 8);
}
