import { formAction } from '../kernel/forms/form.server.ts';
import type { Right, Viewer } from '../kernel/viewer.ts';
import { RemovalChosen } from './removal.schema.ts';
import type { Back } from './removed.ts';

/** The form of RemovedNotice, for whoever may remove such a thing. */
export function restoreAction(right: Right, act: (viewer: Viewer, removalId: string) => Promise<Back>) {
	return formAction(right, RemovalChosen, ({ removalId }, { locals }) => act(locals.viewer, removalId));
}
