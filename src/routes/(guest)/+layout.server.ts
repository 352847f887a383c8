import { links } from '../../app/navigation.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { viewer } }) => ({
	links: await links(viewer, 'guest'),
	household: viewer.householdId ?? ''
});
