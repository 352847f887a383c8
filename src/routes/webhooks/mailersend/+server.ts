import * as mailReports from '#lib/mail/reports.server.ts';
import * as reports from '#lib/outbox/reports.server.ts';
import type { RequestHandler } from './$types';

/** MailerSend waits three seconds for the answer, asks again after a 5xx, and never after a 4xx. */
export const POST: RequestHandler = async ({ request }) => {
	const body = new Uint8Array(await request.arrayBuffer());
	await reports.take(mailReports.read(body, request.headers.get('signature') ?? ''));
	return new Response(null, { status: 204 });
};
