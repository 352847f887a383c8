import { m } from '../i18n/compiled/messages.js';
import type { Lost } from './household.ts';

/** What became of a mail that did not arrive, with what the mailbox or the mail service says of it. */
export function tellLost({ address, state, reason }: Lost): string {
	if (state === 'bounced')
		return reason ? m.mail_came_back({ address, reason }) : m.mail_came_back_silent({ address });
	const words = reason === 'too_late' ? m.invitation_too_late() : (reason ?? '');
	return m.invitation_undeliverable({ address, reason: words });
}
