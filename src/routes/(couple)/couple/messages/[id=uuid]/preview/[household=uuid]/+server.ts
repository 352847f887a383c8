import { Problem } from '#lib/kernel/problem.ts';
import { writeHtml } from '#lib/mail/letter.ts';
import * as mailbox from '#lib/mail/mailbox.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import type { RequestHandler } from './$types';

/** The mail as a mail program shows it to that household. */
export const GET: RequestHandler = async ({ locals: { viewer }, params: { id, household }, url }) => {
	const letter = await looks.read(viewer, id, household);
	if (!letter) throw new Problem(404, 'mailing_not_found');
	return mailbox.frame(writeHtml(letter), url.searchParams.get('scheme') === 'dark' ? 'dark' : 'light');
};
