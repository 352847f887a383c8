import type { Domain } from '../kernel/domain.ts';

/** What is on its way to people: messages, and their deliveries. */
export const outbox = {
	name: 'outbox',
	uses: ['audit', 'looks', 'mail', 'weddings']
} satisfies Domain;
