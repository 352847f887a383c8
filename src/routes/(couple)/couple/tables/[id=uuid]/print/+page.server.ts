import * as prints from '#lib/cards/seating/printed.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import { SEATING_RIGHTS, SEATINGS } from '#lib/sheets/seating.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => ({
	...(await prints.look(viewer, params.id)),
	sheets: SEATINGS.filter((sheet) => may(viewer, SEATING_RIGHTS[sheet]))
});
