import { permit } from '#lib/kernel/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { viewer } }) => {
	permit(viewer, 'door:note');
};
