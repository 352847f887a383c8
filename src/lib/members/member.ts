/** From the one that may everything to the one that may least. */
export const ROLES = ['couple', 'planner', 'helper'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who is let into the couple's pages. */
export type Member = {
	accountId: string;
	name: string;
	email: string;
	role: Role;
	/** about, and as far as it is known; null for who has not been here yet */
	seenAt: Date | null;
	/** the one who asks */
	isSelf: boolean;
};

/** How long the link in the mail works that asks somebody to help. */
export const INVITATION_DAYS = 7;
