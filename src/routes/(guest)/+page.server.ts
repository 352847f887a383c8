import * as programme from '#lib/recordings/programme.server.ts';
import { welcomeIn } from '#lib/weddings/wedding.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding, language } }) => ({
	welcome: welcomeIn(wedding, language),
	recordings: await programme.count(viewer)
});
