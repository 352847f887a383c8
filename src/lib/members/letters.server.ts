import * as links from '../auth/links.server.ts';
import { DAY } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { m } from '../i18n/compiled/messages.js';
import type { Letter } from '../mail/letter.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { nameWedding, type Wedding } from '../weddings/wedding.ts';
import { INVITATION_DAYS, type Role } from './member.ts';
import { sayAbilities } from './roles.ts';

/** Asks somebody to help. Not wanted any more when they are no member now. */
export const asking: Compose<'member'> = async ({ id, weddingId, accountId, name, language }) => {
	const member = await db.member.findFirst({
		...{ where: { accountId: accountId!, weddingId, account: { disabledAt: null } } },
		include: { wedding: true }
	});
	if (!member) return null;
	const { wedding, role } = member;
	const made = await links.make({ weddingId, accountId }, { id, seconds: INVITATION_DAYS * DAY });
	return writeAsking(wedding, { role, name, url: made.url, language });
};

export const askingSample: Sample = (wedding, { language, link }) =>
	writeAsking(wedding, { role: 'planner', name: 'Noor', url: link, language });

type Asked = { role: Role; name: string; url: string; language: string };

function writeAsking(wedding: Pick<Wedding, 'names'>, { role, name, url, language }: Asked): Letter {
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
		button: { label: m.mail_login_button(), url },
		footer: m.mail_member_footer({ days: INVITATION_DAYS }),
		language
	};
}
