import * as sheet from '#lib/tables/sheet.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { viewer }, params }) => sheet.make(viewer, params.id);
