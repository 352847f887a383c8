import { Shown } from '#lib/kernel/shown.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	recordings: new Shown(await recordings.list(viewer)),
	averages: viewer.role === 'guest' ? null : await scores.averages(viewer)
});
