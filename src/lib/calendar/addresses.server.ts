import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { makeSecret } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';

/** The secret of the household's own calendar; null while there is none. */
export async function find(viewer: Viewer): Promise<string | null> {
	permit(viewer, 'calendar:have');
	const address = await db.calendarAddress.findUnique({ where: ownBy(viewer), select: { secret: true } });
	return address?.secret ?? null;
}

/** A new address, in place of the one there was: whoever has that one sees nothing any more. */
export function renew(viewer: Viewer): Promise<void> {
	permit(viewer, 'calendar:have');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		await tx.calendarAddress.deleteMany({ where: ownBy(viewer) });
		await tx.calendarAddress.create({ data: { ...ownBy(viewer), secret: makeSecret() } });
	});
}

/** Lets in who has the secret, to see as that household does when to be where. Throws 404. */
export async function open({ weddingId }: Viewer, secret: string) {
	if (!/^[\w-]{43}$/.test(secret)) throw new Problem(404, 'calendar_unknown');
	const [found] = await rows<{ householdId: string; language: string }>(
		'calendar-open',
		`SELECT h.id AS "householdId", h.language FROM calendar_address a JOIN household h ON h.id = a.household_id
		WHERE a.secret = $1 AND a.wedding_id = $2::uuid`,
		[secret, weddingId]
	);
	if (!found) throw new Problem(404, 'calendar_unknown');
	const { householdId, language } = found;
	return { viewer: { role: 'guest', weddingId, householdId } satisfies Viewer, language };
}

function ownBy({ weddingId, householdId }: Viewer) {
	if (!householdId) throw new Problem(403, 'not_allowed');
	return { weddingId, householdId };
}
