import { m } from '../i18n/compiled/messages.js';
import { rows } from '../kernel/db/db.server.ts';
import type { Step } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';

/** Somebody to invite, by hand or from a spreadsheet. */
export async function list(viewer: Viewer): Promise<Step[]> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'people:edit')) return [];
	const any = 'SELECT id FROM household WHERE wedding_id = $1::uuid LIMIT 1';
	const isDone = (await rows('household-any', any, [viewer.weddingId])).length > 0;
	return [{ place: 3, href: '/couple/guests', title: m.task_guests(), why: m.step_guests_why(), isDone }];
}
