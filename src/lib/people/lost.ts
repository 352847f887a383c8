import { m } from '../i18n/compiled/messages.js';
import type { Household, Lost } from './household.ts';

/** Ours; the others are the mail service's own words. */
const REASONS: Record<string, () => string> = {
	too_late: m.invitation_too_late,
	not_written: m.outbox_not_written,
	suppressed: m.outbox_suppressed
};

/** What became of a mail that did not arrive, with what the mailbox or the mail service says of it. */
export function tellLost({ address, state, reason }: Lost): string {
	if (state === 'bounced')
		return reason ? m.mail_came_back({ address, reason }) : m.mail_came_back_silent({ address });
	const words = REASONS[reason ?? '']?.() ?? reason ?? '';
	return m.invitation_undeliverable({ address, reason: words });
}

/** What became of one that may still arrive. */
export function tellHeldUp({ address, reason }: Household['mails'][number]): string {
	return reason ? m.mail_held_up({ address, reason }) : m.mail_held_up_silent({ address });
}
