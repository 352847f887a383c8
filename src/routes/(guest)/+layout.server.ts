import { links } from '../../app/navigation.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { viewer } }) => ({
	links: links(viewer, 'guest'),
	household: viewer.householdId ?? ''
});
