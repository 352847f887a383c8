import { rows, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

type Those = { households: string[]; guests: string[] };

/** Whether any of these has answered anything. */
export async function haveSaid(viewer: Viewer, { households, guests }: Those, tx: Tx): Promise<boolean> {
	permit(viewer, 'events:list');
	const [found] = await rows<{ isSaid: boolean }>(
		'households-said',
		`SELECT EXISTS (SELECT FROM rsvp WHERE wedding_id = $1::uuid AND household_id = ANY($2::uuid[]))
			OR EXISTS (SELECT FROM reply WHERE wedding_id = $1::uuid AND guest_id = ANY($3::uuid[]))
			OR EXISTS (SELECT FROM answer WHERE wedding_id = $1::uuid
				AND (guest_id = ANY($3::uuid[]) OR household_id = ANY($2::uuid[]))) AS "isSaid"`,
		[viewer.weddingId, households, guests],
		tx
	);
	return found!.isSaid;
}
