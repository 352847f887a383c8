import { sameAs } from '../kernel/text/address.ts';
import { before, DAY } from '../kernel/clock.ts';
import { db, now } from '../kernel/db/db.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import type { Letter } from '../mail/letter.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { m } from '../i18n/compiled/messages.js';
import { firstName } from '../people/guest.ts';
import { nameWedding, type Wedding } from '../weddings/wedding.ts';
import * as links from './links.server.ts';
import { LINK_SECONDS } from './login.ts';

/** The login mail. Not wanted any more when the person was removed or disabled while it waited. */
export const login: Compose<'login'> = async (mail) => {
	const { weddingId, accountId, householdId, guestId } = mail;
	const wedding = await db.wedding.findUniqueOrThrow({ where: { id: weddingId } });
	const isKnown = accountId
		? await db.member.findFirst({ where: { accountId, weddingId, account: { disabledAt: null } } })
		: guestId &&
			(await db.guest.findFirst({ where: { id: guestId, weddingId, email: sameAs(mail.address) } }));
	if (!isKnown) return null;

	const holder = { weddingId, accountId, householdId, guestId };
	const request = await db.loginRequest.findUnique({ where: { messageId: mail.messageId } });
	const made = await links.make(holder, { ...request, id: mail.id });
	// one that leaves late finds nobody any more at the page that takes the code
	const isLate = mail.createdAt < before(2 * LINK_SECONDS);
	const code = request?.nonceHash && !isLate ? made.code : undefined;
	return writeLogin(wedding, { name: mail.name, url: made.url, code, language: mail.language });
};

export const loginSample: Sample = (wedding, { language, link }) =>
	writeLogin(wedding, { name: 'Maria Jansen', url: link, code: 'K7MPRT4W', language });

function writeLogin(
	wedding: Pick<Wedding, 'names'>,
	about: { name: string; url: string; code?: string; language: string }
): Letter {
	const { name, url, code, language } = about;
	return {
		subject: m.mail_login_subject({ wedding: nameWedding(wedding) }),
		from: wedding.names || m.mail_wedding_unnamed(),
		paragraphs: [
			name ? m.mail_hello({ name: firstName(name) }) : m.mail_hello_unnamed(),
			m.mail_login_text()
		],
		button: { label: m.mail_login_button(), url },
		code: code ? { label: m.mail_login_code(), value: code.replace(/(.{4})(?=.)/, '$1 ') } : undefined,
		footer: m.mail_login_footer(),
		language
	};
}

/**
 * Ended sessions, spent links and counts go. A spent link is kept for a month, so that it can ask for a new one, and for a
 * year where a browser came in by it, which is known by that.
 */
export const sweeping: Queue<'auth.sweep'> = {
	name: 'auth.sweep',
	cron: '17 * * * *',
	async work() {
		const time = await now();
		await db.session.deleteMany({ where: { expiresAt: { lt: time } } });
		await db.loginLink.deleteMany({
			where: { expiresAt: { lt: before(30 * DAY, time) }, browserHash: null }
		});
		await db.loginLink.deleteMany({ where: { expiresAt: { lt: before(365 * DAY, time) } } });
		await limits.sweep();
	}
};
