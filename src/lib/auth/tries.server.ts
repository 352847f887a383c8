import { MINUTE } from '../kernel/clock.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { settings } from '../kernel/settings.server.ts';

/**
 * Counts one try at a way in, from a network address. Of each wedding by itself: guests of two may sit in one venue.
 * Throws 429 when there were too many.
 */
export function count(weddingId: string, way: 'login' | 'code' | 'card', address: string): Promise<void> {
	return limits.take(`${way}-network:${weddingId}`, address, settings.LOGIN_LIMIT_NETWORK, 10 * MINUTE);
}
