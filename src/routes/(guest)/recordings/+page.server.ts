import { Shown } from '#lib/kernel/shown.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	recordings: new Shown(await programme.list(viewer)),
	averages: viewer.role === 'guest' ? null : await scores.averages(viewer)
});
