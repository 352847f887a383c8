import * as recordings from '#lib/recordings/recordings.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding } }) => ({
	welcome: wedding.welcome,
	recordings: (await recordings.list(viewer)).length
});
