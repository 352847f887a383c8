import { may } from '#lib/kernel/viewer.ts';
import { links } from '../../app/navigation.ts';
import type { LayoutServerLoad } from './$types';

/** Helpers read; what they may not do is not offered. */
export const load: LayoutServerLoad = async ({ locals: { viewer } }) => ({
	links: await links(viewer, 'couple'),
	mayEdit: may(viewer, 'people:edit'),
	mayRemove: may(viewer, 'people:remove')
});
