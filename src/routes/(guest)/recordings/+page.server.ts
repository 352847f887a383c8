import { Shown } from '#lib/kernel/http/shown.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, isDataRequest }) => {
	const value = await programme.list(viewer);
	return {
		// who comes from a page with scripts has it drawn by them
		recordings: isDataRequest ? { value } : new Shown(value),
		averages: viewer.role === 'guest' ? null : await scores.averages(viewer)
	};
};
