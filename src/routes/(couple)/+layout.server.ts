import { may } from '#lib/kernel/viewer.ts';
import type { LayoutServerLoad } from './$types';

/** Helpers read; what they may not do is not offered. */
export const load: LayoutServerLoad = ({ locals: { viewer } }) => ({ mayEdit: may(viewer, 'people:edit') });
