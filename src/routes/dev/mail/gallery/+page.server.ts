import * as gallery from '#lib/outbox/gallery.server.ts';
import { writeText } from '#lib/mail/letter.ts';
import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { wedding }, url: { searchParams } }) => {
	mailbox.requireShown();
	const asked = `${searchParams.get('kind')}/${searchParams.get('in')}`;
	const letters = gallery.list(wedding).map(({ kind, language, letter }) => ({
		...{ kind, language, path: `${kind}/${language}`, subject: letter.subject, text: writeText(letter) }
	}));
	return { letters, open: letters.find(({ path }) => path === asked) };
};
