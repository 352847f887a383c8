import { firstName } from '#lib/people/guest.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import { welcomeIn } from '#lib/weddings/wedding.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding, language, name } }) => ({
	// who came in with a card is the household
	greeted: viewer.guestId ? firstName(name) : name,
	welcome: welcomeIn(wedding, language),
	recordings: await programme.count(viewer)
});
