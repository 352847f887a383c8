import { all } from './domain.ts';
import { Problem } from './problem.ts';

/** The parts that people have here: a domain adds to these, and to what follows, what only it can know. */
export interface Roles {
	nobody: true;
	system: true;
}
export type Role = keyof Roles;

/** Who asks. Every domain function that a person can cause takes one first. */
export interface Viewer {
	role: Role;
}

export interface Rights {}
export type Right = keyof Rights;

/** Throws for a right that no domain declares, rather than denying it to everybody. */
export function may({ role }: Viewer, right: Right): boolean {
	const roles = all().find(({ rights }) => rights?.[right])?.rights?.[right];
	if (!roles) throw new Error(`no domain declares ${right}`);
	return role === 'system' || roles.includes(role);
}

/** Throws 401 for a stranger and 403 for someone whose role does not include `right`. */
export function permit(viewer: Viewer, right: Right): void {
	if (may(viewer, right)) return;
	throw viewer.role === 'nobody' ? new Problem(401, 'sign_in') : new Problem(403, 'not_allowed');
}
