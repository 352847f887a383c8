import * as trail from '../audit/trail.server.ts';
import { m } from '../i18n/compiled/messages.js';
import { longDay } from '../i18n/format.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { transaction } from '../kernel/db/db.server.ts';
import * as facts from '../kernel/facts.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';

/** The couple's own invitation, with our words to begin with. Its id; there is one. */
export async function begin(viewer: Viewer): Promise<string> {
	permit(viewer, 'mail:send');
	const { weddingId, accountId = null } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const known = await tx.mailing.findFirst({ where: { weddingId, kind: 'invitation', removedAt: null } });
		if (known) return known.id;
		const wedding = await weddings.get(viewer, tx);
		const isHeard = (await facts.ask(viewer, 'recordings.count', tx)) > 0;
		const words = LANGUAGES.map((language) => [language, write(wedding, isHeard, language)] as const);
		const data = {
			...{ weddingId, accountId, kind: 'invitation' as const, audience: { to: 'uninvited' } },
			subject: Object.fromEntries(words.map(([language, { subject }]) => [language, subject])),
			text: Object.fromEntries(words.map(([language, { text }]) => [language, text]))
		};
		const { id } = await tx.mailing.create({ data });
		await trail.record(viewer, 'mailing.written', { id }, tx);
		return id;
	});
}

/** What the invitation says that nobody has changed. */
function write({ names, heldOn, place }: Wedding, isHeard: boolean, language: string) {
	return inLanguage(language, () => ({
		subject: m.mail_invitation_subject({ names: names || m.mail_wedding_unnamed() }),
		text: [
			m.mail_hello({ name: '{first_names}' }),
			m.mail_invitation_text({ count: 2 }),
			[heldOn ? longDay(heldOn, language) : '', place].filter(Boolean).join('\n'),
			isHeard ? m.mail_invitation_site() : m.mail_invitation_site_silent()
		]
			.filter(Boolean)
			.join('\n\n')
	}));
}
