/** The kinds of messages, by name, and what each is told beyond whom it is for: each domain adds its own. */
export interface Messages {}
export type Kind = keyof Messages;

type About = {
	weddingId: string;
	language: string;
	accountId?: string | null;
	householdId?: string | null;
	guestId?: string | null;
	/** not before this */
	sendAfter?: Date;
	address: string;
	name?: string;
};

/** A message to one address, as it is put into the outbox. No secret is in it: links are made when it leaves. */
export type Draft = { [K in Kind]: About & { kind: K } & Payload<K> }[Kind];
type Payload<K extends Kind> = object extends Messages[K] ? { payload?: never } : { payload: Messages[K] };

/** A message on its way to one address; `id` is that of the delivery. */
export type Mail<K extends Kind = Kind> = {
	id: string;
	messageId: string;
	weddingId: string;
	kind: string;
	payload: Messages[K];
	language: string;
	accountId: string | null;
	householdId: string | null;
	guestId: string | null;
	sendAfter: Date;
	createdAt: Date;
	address: string;
	name: string;
	state: State;
};

/** How far a delivery has come; in this order, and it never goes back. */
export const STATES = [
	...(['queued', 'sending', 'unsure', 'skipped', 'failed'] as const),
	...(['sent', 'soft_bounced', 'delivered', 'opened', 'bounced', 'complained'] as const)
];
export type State = (typeof STATES)[number];

/** It waits for its turn, or for the mail service. */
export const isWaiting = (state: State) => state === 'queued' || state === 'sending';

/** It did not arrive, and will not. */
export const isLost = (state: State) => ['failed', 'bounced', 'complained'].includes(state);
