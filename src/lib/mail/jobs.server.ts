import { db } from '../kernel/db.server.ts';
import { clock, DAY } from '../kernel/clock.ts';
import type { Queue } from '../kernel/jobs.server.ts';
import { inLanguage } from '../i18n/language.server.ts';
import * as alarm from './alarm.server.ts';
import type { Letter } from './letter.ts';
import { type Mail, QUEUE } from './outbox.server.ts';
import * as post from './post.server.ts';

/** Writes the letter for one kind of mail at the moment of sending; null when it is no longer wanted. */
export type Compose = (mail: Mail) => Promise<Letter | null>;

/** After a day of trying a mail is given up, and the couple sees it. */
const GIVE_UP_AFTER = DAY;

/**
 * Sends what is in the outbox, one after the other. A mail whose worker dies between the provider's
 * answer and our note of it is sent twice, never lost.
 */
export function sending(composers: Record<string, Compose>): Queue<{ mailId: string }> {
	return {
		name: QUEUE,
		options: {
			retryLimit: 400,
			retryDelay: 5,
			retryBackoff: true,
			retryDelayMax: 300,
			// four of them in a row, each with its patience
			expireInSeconds: 120,
			deleteAfterSeconds: DAY
		},
		async work({ mailId }) {
			const mail = await db.mail.findUnique({ where: { id: mailId } });
			if (mail?.state !== 'queued') return;
			const age = (clock.now().getTime() - mail.createdAt.getTime()) / 1000;
			if (age > GIVE_UP_AFTER) return settle(mailId, 'undeliverable', 'too_late');
			await post.turn();
			const letter = await inLanguage(mail.language, () => composers[mail.kind]!(mail));
			if (!letter) return settle(mailId, 'undeliverable', 'not_wanted');
			try {
				await post.send(mailId, mail, letter);
				await settle(mailId, 'sent');
			} catch (error) {
				if (error instanceof post.NotTaken) await alarm.raise(error, age);
				if (!(error instanceof post.Undeliverable)) throw error;
				await settle(mailId, 'undeliverable', error.message.slice(0, 300));
			}
		}
	};
}

async function settle(id: string, state: 'sent' | 'undeliverable', reason: string | null = null) {
	const sentAt = state === 'sent' ? clock.now() : null;
	await db.mail.updateMany({ where: { id }, data: { state, reason, sentAt } });
}
