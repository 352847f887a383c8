import * as cookies from '#lib/auth/cookies.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import { links } from '../../app/navigation.ts';
import * as overview from '../../app/overview.server.ts';
import type { LayoutServerLoad } from './$types';

/** Helpers read; what they may not do is not offered. */
export const load: LayoutServerLoad = async ({ locals: { viewer }, cookies: sent }) => ({
	links: await links(viewer, 'couple'),
	mayEdit: may(viewer, 'people:edit'),
	next: cookies.isGuided(sent) ? await overview.findNext(viewer) : null,
	mayRemove: may(viewer, 'people:remove')
});
