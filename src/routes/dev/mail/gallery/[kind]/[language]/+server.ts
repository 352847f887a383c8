import * as gallery from '#lib/outbox/gallery.server.ts';
import { readLook } from '#lib/looks/look.ts';
import { writeHtml } from '#lib/mail/letter.ts';
import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { wedding }, params: { kind, language } }) => {
	mailbox.requireShown();
	const look = readLook(wedding.look);
	return mailbox.frame(writeHtml({ ...gallery.get(wedding, kind, language), look }));
};
