import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Viewer {
		sessionId?: string;
		accountId?: string;
		/** of a phone at the door, which is nobody's */
		phoneId?: string;
		/** when this session began: some rights want a fresh one */
		signedInAt?: Date;
	}
}

/** Ways in: links, codes, cards and sessions. */
export const auth = {
	name: 'auth',
	uses: ['mail', 'outbox', 'people', 'weddings']
} satisfies Domain;
