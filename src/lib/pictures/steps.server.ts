import { m } from '../i18n/compiled/messages.js';
import type { Step } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as front from './front.server.ts';

/** A picture at the top of the guests' page. */
export async function list(viewer: Viewer): Promise<Step[]> {
	permit(viewer, 'pictures:see');
	if (!may(viewer, 'pictures:edit')) return [];
	const isDone = !!(await front.find(viewer));
	const words = { title: m.step_picture(), why: m.step_picture_why() };
	return [{ ...words, place: 5, href: '/couple/settings/picture', isDone, isOptional: true }];
}
