import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { wedding }, url: { searchParams } }) => {
	const all = await mailbox.list(wedding.id);
	return {
		mails: all.map(({ text: _, ...head }) => head),
		open: all.find(({ id }) => id === searchParams.get('mail'))
	};
};
