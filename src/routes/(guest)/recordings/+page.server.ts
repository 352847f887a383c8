import * as programme from '#lib/recordings/programme.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	recordings: await programme.list(viewer),
	averages: viewer.role === 'guest' ? null : await scores.averages(viewer)
});
