import { Readable } from 'node:stream';
import { isPrint, nameOf } from '#lib/cards/seating/print.ts';
import * as prints from '#lib/cards/seating/printed.server.ts';
import { contentDisposition } from '#lib/kernel/files/file-names.ts';
import { isId } from '#lib/kernel/files/stored.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { SEATINGS } from '#lib/sheets/seating.ts';
import * as seatings from '#lib/sheets/seating.server.ts';
import type { RequestHandler } from './$types';

/** `plan-a3.pdf`, `kitchen.csv` … */
export const GET: RequestHandler = async ({ locals, params: { id, file }, url }) => {
	const { viewer, wedding, language } = locals;
	permit(viewer, 'tables:read');
	const [name = '', form] = file.split('.');
	const sheet = SEATINGS.find((one) => one === name);
	if (sheet && (form === 'csv' || form === 'xlsx')) {
		const reader = { language, timeZone: wedding.timeZone };
		return seatings.answer(viewer, sheet, { planId: id, form }, reader);
	}
	if (!isPrint(name) || form !== 'pdf') throw new Problem(404, 'not_found');
	const table = url.searchParams.get('table') ?? '';
	const asked = { language, tableId: isId(table) ? table : undefined };
	const pdf = await prints.print(viewer, id, name, asked);
	return new Response(Readable.toWeb(pdf as unknown as Readable) as ReadableStream, {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': contentDisposition('attachment', `${nameOf[name]()}.pdf`)
		}
	});
};
