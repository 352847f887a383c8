import { Problem } from '#lib/kernel/problem.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { EXPORTS } from '#lib/sheets/export.ts';
import * as exports from '#lib/sheets/exports.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { viewer, wedding, language }, url: { searchParams } }) => {
	permit(viewer, 'people:read');
	const kind = EXPORTS.find((one) => one === searchParams.get('sheet'));
	if (!kind) throw new Problem(404, 'not_found');
	const form = searchParams.get('as') === 'csv' ? 'csv' : 'xlsx';
	return exports.answer(viewer, kind, form, { language, timeZone: wedding.timeZone });
};
