import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { wedding } }) => ({
	mails: await mailbox.list(wedding.id)
});
