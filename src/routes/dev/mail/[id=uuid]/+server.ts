import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { RequestHandler } from './$types';

/** The mail as a mail program shows it. */
export const GET: RequestHandler = async ({ locals: { wedding }, params }) =>
	mailbox.frame(await mailbox.readHtml(wedding.id, params.id));
