import * as keepsake from '#lib/keepsake/keepsake.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	bytes: await keepsake.weigh(viewer)
});
