import { before, MINUTE } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import type { Viewer } from '../kernel/viewer.ts';

const FRESH_SECONDS = 10 * MINUTE;

/** Whether this session began a moment ago: a phone that lies on a table is not enough for everything. */
export function isFresh({ role, signedInAt }: Viewer): boolean {
	return role === 'system' || (!!signedInAt && signedInAt > before(FRESH_SECONDS));
}

/** Throws 403 `sign_in_again`. */
export function requireFresh(viewer: Viewer): void {
	if (!isFresh(viewer)) throw new Problem(403, 'sign_in_again');
}
