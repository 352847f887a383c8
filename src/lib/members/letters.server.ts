import * as links from '../auth/links.server.ts';
import { DAY } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { m } from '../i18n/compiled/messages.js';
import type { Compose } from '../mail/letters.server.ts';
import { nameWedding } from '../weddings/wedding.ts';
import { INVITATION_DAYS } from './member.ts';
import { sayAbilities } from './roles.ts';

/** Asks somebody to help. Not wanted any more when they are no member now. */
export const asking: Compose = async ({ id, weddingId, accountId, name, language }) => {
	const member = await db.member.findFirst({
		...{ where: { accountId: accountId!, weddingId, account: { disabledAt: null } } },
		include: { wedding: true }
	});
	if (!member) return null;
	const { wedding, role } = member;
	const made = await links.make({ weddingId, accountId }, { id, seconds: INVITATION_DAYS * DAY });
	return {
		subject:
			role === 'couple'
				? m.mail_member_couple_subject()
				: m.mail_member_subject({ wedding: nameWedding(wedding) }),
		from: wedding.names || m.mail_wedding_unnamed(),
		paragraphs: [
			name ? m.mail_hello({ name }) : m.mail_hello_unnamed(),
			role === 'couple' ? m.mail_member_couple_text() : m.mail_member_text({ wedding: nameWedding(wedding) }),
			sayAbilities(role)
		],
		button: { label: m.mail_login_button(), url: made.url },
		footer: m.mail_member_footer({ days: INVITATION_DAYS }),
		language
	};
};
