import * as trail from '../audit/trail.server.ts';
import { sortByName } from '../i18n/order.ts';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { announce } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { makeCode, digest } from '../kernel/token.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as guests from './guests.server.ts';
import type { HouseholdDetails } from './household.schema.ts';
import { CODE_LENGTH, type Household } from './household.ts';
import * as notes from './notes.server.ts';
import * as tags from './tags.server.ts';

export async function list(viewer: Viewer, tx: Tx = db): Promise<Household[]> {
	permit(viewer, 'people:read');
	return sortByName(await find(viewer, null, tx), ({ name }) => name);
}

/** `version` is what `edit` asks for. */
export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Household & { version: string }> {
	permit(viewer, 'people:read');
	const [household] = await find(viewer, id, tx);
	if (!household) throw new Problem(404, 'household_not_found');
	return { ...household, version: makeVersion(household) };
}

/**
 * Idempotent for one `id`: the second time it changes nothing, and throws 409 when it says something else. Throws
 * 409 too when an address belongs to another household.
 */
export async function add(viewer: Viewer, details: HouseholdDetails & { id?: string }): Promise<string> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const { name, language, guests: people, address, phone, note, plusOnes } = details;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const more = { address, phone, plusOnes };
		const data = { id: details.id, weddingId, name, language, code: makeCode(CODE_LENGTH), ...more };
		const [added] = await tx.household.createManyAndReturn({ data, skipDuplicates: true });
		if (!added) return checkAddedBefore(viewer, details.id!, details, tx);
		const { id } = added;
		const noteSealed = notes.close(id, note);
		if (noteSealed) await tx.household.update({ where: { id, weddingId }, data: { noteSealed } });
		await fill(viewer, added.id, { ...details, removed: [] }, tx);
		await trail.record(viewer, 'household.added', { id: added.id, name, guests: people.length }, tx);
		return added.id;
	});
}

/** A browser's way back shows the old form again, and another household may have been typed into it. */
async function checkAddedBefore(viewer: Viewer, id: string, details: HouseholdDetails, tx: Tx) {
	const before = await lock(viewer, id, tx);
	const said = ({ guests, ...more }: Said) =>
		makeVersion({ ...more, tags: [], guests: guests.map((guest) => ({ ...guest, id: undefined })) });
	if (said(before) !== said(details)) throw new Problem(409, 'household_added', { household: before.name });
	return id;
}

/**
 * Guests keep their scores and sessions by their ids; see guests.arrange for what is refused. Throws 409 when the
 * household is not any more what it was in that version. Gives back by which id those who were removed can be put back.
 */
export async function edit(
	viewer: Viewer,
	id: string,
	details: HouseholdDetails & { version: string }
): Promise<string | undefined> {
	permit(viewer, 'people:edit');
	if (details.removed?.length) permit(viewer, 'people:remove');
	const { name, language, address, phone, note, plusOnes } = details;
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const before = await lock(viewer, id, tx);
		if (before.version !== details.version) throw new Problem(409, 'household_changed');
		const data = { name, language, address, phone, plusOnes, noteSealed: notes.close(id, note) };
		await tx.household.update({ where: { id, weddingId: viewer.weddingId }, data });
		const removalId = await fill(viewer, id, details, tx);
		if (details.removed?.length) await announce(viewer, 'guests.left', {}, tx);
		await uninvite(viewer, id, tx);
		await trail.record(viewer, 'household.edited', { id, name }, tx);
		return removalId;
	});
}

/** Its guests and tags, which others may want to know of. */
async function fill(viewer: Viewer, householdId: string, details: HouseholdDetails, tx: Tx) {
	const { tags: names, picked = [] } = details;
	const { added: guestIds, removalId } = await guests.arrange(viewer, householdId, details, tx);
	const tagIds = names ? await tags.arrange(viewer, householdId, { names, picked }, tx) : [];
	await announce(viewer, 'households.grew', { households: [{ householdId, guestIds, tagIds }] }, tx);
	return removalId;
}

/** Who has an address that no mail went to, because it was corrected or is new, is to be invited again. */
export function uninvite(viewer: Viewer, id: string, tx: Tx) {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	return tx.$executeRaw`
		UPDATE household h SET invited_at = NULL
		WHERE id = ${id}::uuid AND wedding_id = ${weddingId}::uuid AND opened_at IS NULL
			AND EXISTS (SELECT FROM guest g WHERE household_id = h.id AND email IS NOT NULL
				AND NOT EXISTS (SELECT FROM message m JOIN delivery d ON d.message_id = m.id
					WHERE m.household_id = h.id AND lower(d.address) = lower(g.email) AND d.state <> 'skipped'))`;
}

/** Their scores, sessions and waiting mail go with them. Gives back by which id all that but the sessions can be put back. */
export async function remove(viewer: Viewer, id: string): Promise<string> {
	permit(viewer, 'people:remove');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const where = { id, weddingId: viewer.weddingId };
		const before = await tx.household.findUnique({ where, select: { name: true } });
		if (!before) throw new Problem(404, 'household_not_found');
		const removed = { kind: 'household' as const, name: before.name, chosen: { household: [{ id }] } };
		const removalId = await removals.keep(viewer.weddingId, removed, tx);
		await tx.household.delete({ where });
		await announce(viewer, 'guests.left', {}, tx);
		await trail.record(viewer, 'household.removed', { id, name: before.name }, tx);
		return removalId;
	});
}

/** A new code, for a card that was lost: the old one, and the link in the mails, let nobody in any more. */
export async function renew(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await lock(viewer, id, tx);
		const data = { code: makeCode(CODE_LENGTH), cardGivenAt: null };
		await tx.household.update({ where: { id, weddingId }, data });
		await tx.session.deleteMany({ where: { householdId: id, weddingId } });
		await tx.loginLink.deleteMany({ where: { householdId: id, weddingId } });
		await trail.record(viewer, 'household.renewed', { id }, tx);
	});
}

/** A household chooses its own language, for the site and for its mail. */
export async function speak(viewer: Viewer, language: string): Promise<void> {
	permit(viewer, 'household:speak');
	const { householdId: id, weddingId } = viewer;
	if (id) await db.household.updateMany({ where: { id, weddingId }, data: { language } });
}

type Said = Omit<HouseholdDetails, 'removed' | 'note' | 'tags'> & { note?: string | null; tags?: unknown[] };

/** Says whether somebody has changed what the couple can type. */
function makeVersion({ name, language, guests, address = '', phone = '', plusOnes = 0, note, tags }: Said) {
	const people = guests.map(({ id, name, email, isChild }) => [id, name, email ?? null, isChild ?? false]);
	const typed = [name, language, people, address, phone, plusOnes, note || '', tags];
	return digest(JSON.stringify(typed)).toString('base64url');
}

/** As it stays until the end of the transaction. */
async function lock(viewer: Viewer, id: string, tx: Tx) {
	const lock = 'SELECT 1 FROM household WHERE id = $1::uuid AND wedding_id = $2::uuid FOR NO KEY UPDATE';
	await rows('household-lock', lock, [id, viewer.weddingId], tx);
	return get(viewer, id, tx);
}

/** In one query, however many there are: of the mail to each address that is still somebody's, the newest. */
const FIND = `
	SELECT h.id, h.name, h.language, CASE WHEN $3 THEN h.code END AS code, h.invited_at AS "invitedAt",
		h.opened_at AS "openedAt", h.seen_at AS "seenAt", h.card_given_at AS "cardGivenAt", h.address, h.phone, h.plus_ones AS "plusOnes",
		CASE WHEN $3 AND $2::uuid IS NOT NULL THEN h.note_sealed END AS "noteSealed",
		coalesce((
			SELECT json_agg(json_build_object('id', g.id, 'name', g.name, 'email', g.email, 'isChild', g.is_child,
				'plusOneOfId', g.plus_one_of_id, 'scores', (SELECT count(*) FROM score WHERE guest_id = g.id)) ORDER BY g.position, g.id)
			FROM guest g WHERE g.household_id = h.id
		), '[]') AS guests,
		coalesce((
			SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY fold(t.name), t.id)
			FROM household_tag o JOIN tag t ON t.id = o.tag_id WHERE o.household_id = h.id
		), '[]') AS tags,
		coalesce((
			SELECT json_agg(latest ORDER BY latest.address) FROM (
				SELECT DISTINCT ON (lower(d.address)) d.address, d.state, d.reason
				FROM message m JOIN delivery d ON d.message_id = m.id
				WHERE m.household_id = h.id AND d.state <> 'skipped'
					AND lower(d.address) IN (SELECT lower(email) FROM guest WHERE household_id = h.id)
				ORDER BY lower(d.address), m.created_at DESC, d.id DESC
			) latest
		), '[]') AS mails,
		coalesce((
			SELECT json_agg(json_build_object('address', s.address, 'reason', s.reason, 'category', s.category)
				ORDER BY s.address, s.reason, s.category)
			FROM suppression s WHERE s.wedding_id = h.wedding_id AND s.lifted_at IS NULL
				AND s.address IN (SELECT lower(email) FROM guest WHERE household_id = h.id)
		), '[]') AS suppressed
	FROM household h WHERE h.wedding_id = $1::uuid AND ($2::uuid IS NULL OR h.id = $2::uuid)`;

async function find(viewer: Viewer, id: string | null, tx: Tx): Promise<Household[]> {
	const mayEdit = may(viewer, 'people:edit');
	const asked = [viewer.weddingId, id, mayEdit];
	const found = await rows<Household & { noteSealed: Buffer | null }>('household-find', FIND, asked, tx);
	return found.map(({ noteSealed, ...household }) => ({
		...household,
		note: id && mayEdit ? notes.open(household.id, noteSealed) : undefined
	}));
}
