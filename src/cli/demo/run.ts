import { db, transaction } from '../../lib/kernel/db/db.server.ts';
import type { Viewer } from '../../lib/kernel/viewer.ts';
import * as quota from '../../lib/mail/quota.server.ts';
import * as outbox from '../../lib/outbox/outbox.server.ts';
import { running } from '../../lib/outbox/running.server.ts';
import * as runs from '../../lib/outbox/runs.server.ts';

/** Everybody who was invited gets their link once more: half of them have it, and then Anna wanted to look at it first. */
export async function pauseHalfway(viewer: Viewer): Promise<void> {
	const { weddingId } = viewer;
	const guests = await db.guest.findMany({
		where: { weddingId, email: { not: null }, household: { invitedAt: { not: null } } },
		include: { household: true },
		orderBy: { id: 'asc' }
	});
	const drafts = guests.map(({ id: guestId, name, email, household }) => ({
		...{ weddingId, kind: 'invitation' as const, language: household.language },
		...{ householdId: household.id, guestId, name, address: email! }
	}));
	const runId = await transaction((tx) => outbox.start(weddingId, drafts, tx));
	await quota.noteSize(Math.ceil(drafts.length / 2));
	await running.work({ runId });
	await runs.pause(viewer, runId);
	await db.rateLimit.deleteMany();
}
