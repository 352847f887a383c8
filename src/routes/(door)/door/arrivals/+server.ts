import { Report } from '#lib/door/arrival.schema.ts';
import * as arrivals from '#lib/door/arrivals.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { permit } from '#lib/kernel/viewer.ts';
import type { RequestHandler } from './$types';

/** What a phone at the entrance noted, for what the others did. */
export const POST: RequestHandler = async ({ locals: { viewer }, request }) => {
	permit(viewer, 'door:note');
	const report = Report.safeParse(await request.json().catch(() => null));
	if (!report.success) throw new Problem(400, 'form_unreadable');
	return Response.json(await arrivals.report(viewer, report.data));
};
