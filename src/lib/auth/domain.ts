import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Viewer {
		sessionId?: string;
		accountId?: string;
		/** when this session began: some rights want a fresh one */
		signedInAt?: Date;
	}
	interface Rights {
		'members:edit': true;
	}
}

/** Ways in: links, codes, cards, sessions, and who else may. */
export const auth = {
	name: 'auth',
	uses: ['audit', 'mail', 'people', 'weddings'],
	rights: { 'members:edit': ['couple'] }
} satisfies Domain;
