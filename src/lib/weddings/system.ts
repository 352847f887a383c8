import type { Viewer } from '../kernel/viewer.ts';

/** The viewer for jobs and the command line. */
export function system(weddingId: string): Viewer {
	return { role: 'system', weddingId };
}
