import { may, permit } from '#lib/kernel/viewer.ts';
import { EXPORTS, RIGHTS } from '#lib/sheets/export.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { viewer } }) => {
	permit(viewer, 'people:read');
	return { exports: EXPORTS.filter((sheet) => may(viewer, RIGHTS[sheet])) };
};
