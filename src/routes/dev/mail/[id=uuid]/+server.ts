import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { RequestHandler } from './$types';

/** The mail as a mail program shows it. */
export const GET: RequestHandler = async ({ locals: { wedding }, params }) =>
	new Response(await mailbox.readHtml(wedding.id, params.id), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
		}
	});
