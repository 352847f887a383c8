import * as trail from '../audit/trail.server.ts';
import { before, MINUTE } from '../kernel/clock.ts';
import { now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as outbox from '../outbox/outbox.server.ts';
import type { Forecast } from '../outbox/run.ts';
import * as runs from '../outbox/runs.server.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { findAddressees, enumerate } from './guest.ts';
import type { Household } from './household.ts';

/** An address that got an invitation this short ago does not get another: it was a double click, or the other half. */
const PAUSE_SECONDS = 10 * MINUTE;

/** How many households get a mail because of this; 0 when theirs is on its way already. The run, where there are many. */
export type Sent = { households: number; runId?: string };

/** The household's own way in, as on its card: it does not expire. */
export function link(wedding: Pick<Wedding, 'host'>, code: string): string {
	return `${weddings.originOf(wedding)}/i/${code}`;
}

/** Also to those who had one before. Throws 404 for an id of another wedding, 409 when nobody has an address. */
export async function send(viewer: Viewer, ids: string[]): Promise<Sent> {
	permit(viewer, 'mail:send');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		return sendAlong(viewer, ids, tx);
	});
}

/** The same for whoever holds the wedding, and wants to know by which run they go out; one has none. */
export async function sendAlong(viewer: Viewer, ids: string[], tx: Tx): Promise<Sent> {
	permit(viewer, 'mail:send');
	const locked = await rows<{ id: string }>(
		'households-lock',
		`SELECT id FROM household WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[])
		ORDER BY id FOR NO KEY UPDATE`,
		[viewer.weddingId, ids],
		tx
	);
	if (locked.length < new Set(ids).size) throw new Problem(404, 'household_not_found');
	return invite(viewer, ids, null, tx);
}

/** To everyone with an address who has had none yet and has not come in by themselves. */
export async function sendAll(viewer: Viewer): Promise<Sent> {
	permit(viewer, 'mail:send');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const locked = await rows<{ id: string }>(
			'households-lock-new',
			`SELECT id FROM household
			WHERE wedding_id = $1::uuid AND invited_at IS NULL AND opened_at IS NULL
				AND EXISTS (SELECT FROM guest WHERE household_id = household.id AND email IS NOT NULL)
			ORDER BY id FOR NO KEY UPDATE`,
			[viewer.weddingId],
			tx
		);
		const ids = locked.map(({ id }) => id);
		if (ids.length === 0) return { households: 0 };
		const sent = await invite(viewer, ids, new Date(0), tx);
		// also those whose addresses turned out to be the ones that had theirs
		await rows(
			'households-invited',
			`UPDATE household SET invited_at = now() WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[])
				AND invited_at IS NULL`,
			[viewer.weddingId, ids],
			tx
		);
		return sent;
	}, PATIENT);
}

/** Thousands take a busy machine some seconds. */
const PATIENT = { timeout: 20_000 };

/** How the mails to these would go out where they are many; null for whoever may not send them. */
export async function foresee(viewer: Viewer, households: Household[]): Promise<Forecast | null> {
	permit(viewer, 'people:read');
	const count = households.flatMap(({ guests }) => findAddressees(guests)).length;
	return may(viewer, 'mail:send') && count > outbox.HANDFUL ? runs.forecast(viewer, count) : null;
}

/**
 * Not to an address that was sent one since then. The rows are locked: whoever comes second finds the mails of the
 * first.
 */
async function invite(viewer: Viewer, ids: string[], since: Date | null, tx: Tx) {
	const { weddingId } = viewer;
	const invitedAt = await now(tx);
	const households = await tx.household.findMany({
		where: { id: { in: ids }, weddingId },
		include: { guests: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } }
	});
	const letters = households.flatMap(({ id, language, guests }) =>
		findAddressees(guests).map(({ address, guestId, names }) => ({
			...{ weddingId, kind: 'invitation' as const, address, name: enumerate(names, language), language },
			...{ householdId: id, guestId }
		}))
	);
	if (letters.length === 0) throw new Problem(409, 'household_without_email');
	const isSuppressed = await suppressions.find(weddingId, tx);
	const wanted = letters.filter(({ address }) => !isSuppressed(address));
	if (wanted.length === 0) throw new Problem(409, 'household_suppressed');

	const isRecent = await findRecent(weddingId, ids, since ?? before(PAUSE_SECONDS, invitedAt), tx);
	const drafts = wanted.filter(({ householdId, address }) => !isRecent.has(key(householdId, address)));
	const invited = [...new Set(drafts.map(({ householdId }) => householdId))];
	if (invited.length === 0) return { households: 0 };
	await tx.household.updateMany({
		where: { id: { in: invited }, weddingId },
		data: { invitedAt }
	});
	await trail.record(
		viewer,
		'invitation.sent',
		{ id: invited.length === 1 ? invited[0]! : null, households: invited },
		tx
	);
	const runId = await outbox.send(drafts, tx);
	return { households: invited.length, runId };
}

async function findRecent(weddingId: string, ids: string[], since: Date, tx: Tx): Promise<Set<string>> {
	const mails = await rows<{ householdId: string; address: string }>(
		'invitations-recent',
		`SELECT m.household_id AS "householdId", d.address FROM message m JOIN delivery d ON d.message_id = m.id
		WHERE m.wedding_id = $1::uuid AND m.kind = 'invitation' AND m.household_id = ANY($2::uuid[]) AND (
			d.state < 'unsure' OR (d.state BETWEEN 'sent' AND 'opened' AND m.created_at > $3::timestamptz)
		)`,
		[weddingId, ids, since],
		tx
	);
	return new Set(mails.map(({ householdId, address }) => key(householdId, address)));
}

function key(householdId: string, address: string): string {
	return `${householdId} ${address.toLowerCase()}`;
}
