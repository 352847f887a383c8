import { Problem } from './problem.ts';

export type Role = 'nobody' | 'guest' | 'helper' | 'couple' | 'system';

/** Who asks. Every domain function that a person can cause takes one first. */
export type Viewer = {
	role: Role;
	weddingId: string;
	sessionId?: string;
	accountId?: string;
	householdId?: string;
	/** who of the household signed in, where the login link was to one person */
	guestId?: string;
	/** when this session began: some rights want a fresh one */
	signedInAt?: Date;
};

const GUEST = ['wedding:read', 'household:speak', 'recordings:listen', 'recordings:score'] as const;
const HELPER = ['wedding:read', 'people:read', 'recordings:listen', 'recordings:edit'] as const;
const COUPLE = [...HELPER, 'wedding:edit', 'people:edit', 'mail:send', 'members:edit'] as const;

export type Right = (typeof GUEST | typeof COUPLE)[number];

const RIGHTS: Record<Role, ReadonlySet<Right> | 'all'> = {
	nobody: new Set(),
	guest: new Set(GUEST),
	helper: new Set(HELPER),
	couple: new Set(COUPLE),
	system: 'all'
};

export function may(viewer: Viewer, right: Right): boolean {
	const rights = RIGHTS[viewer.role];
	return rights === 'all' || rights.has(right);
}

/** Throws 401 for a stranger and 403 for someone whose role does not include `right`. */
export function permit(viewer: Viewer, right: Right): void {
	if (may(viewer, right)) return;
	throw viewer.role === 'nobody' ? new Problem(401, 'sign_in') : new Problem(403, 'not_allowed');
}

/** The viewer for jobs and the command line. */
export function system(weddingId: string): Viewer {
	return { role: 'system', weddingId };
}
