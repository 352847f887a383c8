import * as trail from '../audit/trail.server.ts';
import { db, rows, type Tx } from '../kernel/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { code } from '../kernel/token.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as guests from './guests.server.ts';
import type { HouseholdDetails } from './details.ts';
import { CODE_LENGTH, type Household } from './household.ts';

/** All of them, by name. */
export async function list(viewer: Viewer): Promise<Household[]> {
	permit(viewer, 'people:read');
	const found = await find(viewer, null);
	const { compare } = new Intl.Collator(undefined, { numeric: true });
	return found.sort((one, other) => compare(one.name, other.name));
}

export async function get(viewer: Viewer, id: string): Promise<Household> {
	permit(viewer, 'people:read');
	const [household] = await find(viewer, id);
	if (!household) throw new Problem(404, 'household_not_found');
	return household;
}

/** Throws 409 when an address belongs to another household. */
export async function add(
	viewer: Viewer,
	{ name, language, guests: people }: HouseholdDetails
): Promise<string> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	return db.$transaction(async (tx) => {
		await takeTurn(tx, viewer);
		const data = { weddingId, name, language, code: code(CODE_LENGTH) };
		const { id } = await tx.household.create({ data, select: { id: true } });
		await guests.arrange(viewer, id, { guests: people }, tx);
		await trail.record(tx, viewer, 'household.added', id, { name, guests: people.length });
		return id;
	});
}

/** Guests keep their scores and sessions by their ids; see guests.arrange for what is refused. */
export async function edit(viewer: Viewer, id: string, details: HouseholdDetails): Promise<void> {
	permit(viewer, 'people:edit');
	const { name, language } = details;
	await db.$transaction(async (tx) => {
		await takeTurn(tx, viewer);
		await must(
			tx.household.updateMany({ where: { id, weddingId: viewer.weddingId }, data: { name, language } })
		);
		await guests.arrange(viewer, id, details, tx);
		await uninvite(tx, viewer, id);
		await trail.record(tx, viewer, 'household.edited', id, { name });
	});
}

/** Who has an address that no mail went to, because it was corrected or is new, is to be invited again. */
function uninvite(tx: Tx, { weddingId }: Viewer, id: string) {
	return tx.$executeRaw`
		UPDATE household h SET invited_at = NULL
		WHERE id = ${id}::uuid AND wedding_id = ${weddingId}::uuid AND opened_at IS NULL
			AND EXISTS (SELECT FROM guest g WHERE household_id = h.id AND email IS NOT NULL
				AND NOT EXISTS (SELECT FROM mail WHERE household_id = h.id AND lower(address) = lower(g.email)
					AND reason IS DISTINCT FROM 'not_wanted'))`;
}

/** Their scores, sessions and waiting mail go with them. */
export async function remove(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'people:edit');
	await db.$transaction(async (tx) => {
		const where = { id, weddingId: viewer.weddingId };
		const before = await tx.household.findUnique({ where, select: { name: true } });
		await must(tx.household.deleteMany({ where }));
		await trail.record(tx, viewer, 'household.removed', id, { name: before!.name });
	});
}

/** A new code, for a card that was lost: the old one, and the link in the mails, let nobody in any more. */
export async function renew(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	await db.$transaction(async (tx) => {
		await must(tx.household.updateMany({ where: { id, weddingId }, data: { code: code(CODE_LENGTH) } }));
		await tx.session.deleteMany({ where: { householdId: id, weddingId } });
		await tx.loginLink.deleteMany({ where: { householdId: id, weddingId } });
		await trail.record(tx, viewer, 'household.renewed', id);
	});
}

/** A household chooses its own language, for the site and for its mail. */
export async function speak(viewer: Viewer, language: string): Promise<void> {
	permit(viewer, 'household:speak');
	const { householdId: id, weddingId } = viewer;
	if (id) await db.household.updateMany({ where: { id, weddingId }, data: { language } });
}

/** One at a time changes who is in a wedding's households: two cannot both give an address to theirs. */
export function takeTurn(tx: Tx, { weddingId }: Viewer) {
	return tx.$queryRaw`SELECT 1 FROM wedding WHERE id = ${weddingId}::uuid FOR NO KEY UPDATE`;
}

async function must(changing: Promise<{ count: number }>) {
	if ((await changing).count === 0) throw new Problem(404, 'household_not_found');
}

/** In one query, however many there are: of the mail to each address that is still somebody's, the newest. */
const FIND = `
	SELECT h.id, h.name, h.language, CASE WHEN $3 THEN h.code END AS code, h.invited_at AS "invitedAt",
		h.opened_at AS "openedAt", h.seen_at AS "seenAt",
		coalesce((
			SELECT json_agg(json_build_object('id', g.id, 'name', g.name, 'email', g.email, 'isChild', g.is_child,
				'scores', (SELECT count(*) FROM score WHERE guest_id = g.id)) ORDER BY g.position, g.id)
			FROM guest g WHERE g.household_id = h.id
		), '[]') AS guests,
		coalesce((
			SELECT json_agg(latest ORDER BY latest.address) FROM (
				SELECT DISTINCT ON (lower(address)) address, state, reason FROM mail
				WHERE household_id = h.id AND reason IS DISTINCT FROM 'not_wanted'
					AND lower(address) IN (SELECT lower(email) FROM guest WHERE household_id = h.id)
				ORDER BY lower(address), created_at DESC, id DESC
			) latest
		), '[]') AS mails
	FROM household h WHERE h.wedding_id = $1 AND ($2::uuid IS NULL OR h.id = $2)`;

function find(viewer: Viewer, id: string | null): Promise<Household[]> {
	return rows<Household>('household-find', FIND, [viewer.weddingId, id, may(viewer, 'people:edit')]);
}
