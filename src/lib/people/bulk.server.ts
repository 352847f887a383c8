import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { announce } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { makeCode } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Changes, GuestState, HouseholdState, Known, Step } from './bulk.ts';
import { CODE_LENGTH } from './household.ts';
import * as notes from './notes.server.ts';
import * as tags from './tags.server.ts';

/* Thousands of households at once, in a statement for each kind of change and not for each of them. */

/** Everybody on the list as they can be typed, with the notes. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<Known[]> {
	permit(viewer, 'people:edit');
	type Row = Omit<Known, 'note'> & { noteSealed: Uint8Array | null };
	const found = await rows<Row>('households-typed', LIST, [viewer.weddingId], tx);
	return found.map(({ noteSealed, ...known }) => ({
		...known,
		note: notes.open(known.id, noteSealed) ?? ''
	}));
}

const LIST = `
	SELECT h.id, h.name, h.language, h.address, h.phone, h.plus_ones AS "plusOnes", h.note_sealed AS "noteSealed",
		coalesce(g.guests, '[]') AS guests, coalesce(t.tags, '{}') AS tags
	FROM household h LEFT JOIN (
		SELECT household_id, json_agg(json_build_object('id', id, 'name', name, 'email', email, 'isChild', is_child,
			'position', position) ORDER BY position, id) AS guests
		FROM guest WHERE wedding_id = $1::uuid GROUP BY household_id
	) g ON g.household_id = h.id LEFT JOIN (
		SELECT household_id, array_agg(name ORDER BY fold(name)) AS tags
		FROM household_tag JOIN tag ON tag.id = tag_id WHERE tag.wedding_id = $1::uuid GROUP BY household_id
	) t ON t.household_id = h.id
	WHERE h.wedding_id = $1::uuid ORDER BY h.name, h.id`;

/**
 * All of them or none, for whoever holds the wedding and knows that `before` is how things stand. Who has another address
 * is signed out, as by hand. Throws 409 when an address would be in two households.
 */
export async function change(viewer: Viewer, { households, guests }: Changes, tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const isGone = <State>({ after }: Step<State>) => after === null;
	const goneHomes = households.filter(isGone).map(({ id }) => id);
	// a guest who moves out of a household that goes has to be out of it before
	await write(viewer, { households, guests }, tx);
	const goneGuests = guests.filter(isGone).map(({ id }) => id);
	await tx.guest.deleteMany({ where: { weddingId, id: { in: goneGuests } } });
	await tx.household.deleteMany({ where: { weddingId, id: { in: goneHomes } } });
	const tagged = households.filter(
		({ before, after }) => after && !isSameSet(before?.tags ?? [], after.tags)
	);
	const wanted = tagged.map(({ id, after }) => ({ id, names: after!.tags }));
	const joined = await tags.arrangeMany(viewer, wanted, tx);
	await refuseShared(viewer, guests, tx);
	await signOut(viewer, guests, tx);
	await tell(viewer, { households, guests, joined }, tx);
	if (goneGuests.length > 0) await announce(viewer, 'guests.left', {}, tx);
}

async function write(viewer: Viewer, { households, guests }: Changes, tx: Tx): Promise<void> {
	const { weddingId } = viewer;
	const typed = (steps: Step<HouseholdState>[]) =>
		JSON.stringify(
			steps.map(({ id, after }) => {
				const { note, tags: _, ...plain } = after!;
				const sealed = notes.close(id, note);
				return {
					id,
					code: makeCode(CODE_LENGTH),
					...plain,
					note: sealed && Buffer.from(sealed).toString('hex')
				};
			})
		);
	const newHomes = households.filter(({ before, after }) => !before && after);
	const changedHomes = households.filter(({ before, after }) => before && after);
	await rows('households-add', ADD_HOUSEHOLDS, [weddingId, typed(newHomes)], tx);
	await rows('households-change', CHANGE_HOUSEHOLDS, [weddingId, typed(changedHomes)], tx);
	const people = (steps: Step<GuestState>[]) =>
		JSON.stringify(steps.map(({ id, after }) => ({ id, ...after })));
	const newGuests = guests.filter(({ before, after }) => !before && after);
	const changedGuests = guests.filter(({ before, after }) => before && after);
	await rows('guests-add', ADD_GUESTS, [weddingId, people(newGuests)], tx);
	await rows('guests-change', CHANGE_GUESTS, [weddingId, people(changedGuests)], tx);
}

const HOUSEHOLD = `json_to_recordset($2::json)
	AS t (id uuid, name text, language text, address text, phone text, "plusOnes" int, note text, code text)`;
const GUEST = `json_to_recordset($2::json)
	AS t (id uuid, "householdId" uuid, name text, email text, "isChild" boolean, position int)`;

const ADD_HOUSEHOLDS = `
	INSERT INTO household (id, wedding_id, name, language, address, phone, plus_ones, note_sealed, code)
	SELECT id, $1::uuid, name, language, address, phone, "plusOnes", decode(note, 'hex'), code FROM ${HOUSEHOLD}`;
const CHANGE_HOUSEHOLDS = `
	UPDATE household h SET name = t.name, language = t.language, address = t.address, phone = t.phone,
		plus_ones = t."plusOnes", note_sealed = decode(t.note, 'hex')
	FROM ${HOUSEHOLD} WHERE h.id = t.id AND h.wedding_id = $1::uuid`;
const ADD_GUESTS = `
	INSERT INTO guest (id, wedding_id, household_id, name, email, is_child, position)
	SELECT t.id, $1::uuid, h.id, t.name, email, "isChild", t.position
	FROM ${GUEST} JOIN household h ON h.id = "householdId" AND h.wedding_id = $1::uuid`;
// who was brought along, and moves, is a guest of their own
const CHANGE_GUESTS = `
	UPDATE guest g SET name = t.name, email = t.email, is_child = t."isChild", position = t.position, household_id = h.id,
		plus_one_of_id = CASE WHEN g.household_id = h.id THEN g.plus_one_of_id END
	FROM ${GUEST} JOIN household h ON h.id = "householdId" AND h.wedding_id = $1::uuid
	WHERE g.id = t.id AND g.wedding_id = $1::uuid`;

async function refuseShared({ weddingId }: Viewer, guests: Changes['guests'], tx: Tx): Promise<void> {
	const addresses = guests.flatMap(({ after }) => after?.email?.toLowerCase() ?? []);
	const [shared] = await rows<{ email: string; household: string }>(
		'guests-shared',
		`SELECT min(g.email) AS email, min(h.name) AS household FROM guest g JOIN household h ON h.id = g.household_id
		WHERE g.wedding_id = $1::uuid AND lower(g.email) = ANY($2::text[])
		GROUP BY lower(g.email) HAVING count(DISTINCT g.household_id) > 1 LIMIT 1`,
		[weddingId, addresses],
		tx
	);
	if (shared) throw new Problem(409, 'email_elsewhere', shared);
}

/** What was opened with an address, or in a household, ends with it; a new address is to be invited. */
async function signOut({ weddingId }: Viewer, guests: Changes['guests'], tx: Tx): Promise<void> {
	const changed = guests.filter(
		({ before, after }) =>
			before &&
			after &&
			(before.email?.toLowerCase() !== after.email?.toLowerCase() || before.householdId !== after.householdId)
	);
	const guestId = { in: changed.map(({ id }) => id) };
	await tx.session.deleteMany({ where: { weddingId, guestId } });
	await tx.loginLink.deleteMany({ where: { weddingId, guestId } });
	const touched = guests.flatMap(({ after }) => after?.householdId ?? []);
	await rows(
		'households-uninvite',
		`UPDATE household h SET invited_at = NULL
		WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[]) AND invited_at IS NOT NULL AND opened_at IS NULL
			AND EXISTS (SELECT FROM guest g WHERE household_id = h.id AND email IS NOT NULL
				AND NOT EXISTS (SELECT FROM mail WHERE household_id = h.id AND lower(address) = lower(g.email)
					AND reason IS DISTINCT FROM 'not_wanted'))`,
		[weddingId, touched],
		tx
	);
}

type Told = Changes & { joined: Map<string, string[]> };

/** Others may want to know who is new, and where. */
async function tell(viewer: Viewer, { households, guests, joined }: Told, tx: Tx): Promise<void> {
	const isNew = ({ before, after }: Step<GuestState>) =>
		after !== null && before?.householdId !== after.householdId;
	const added = Map.groupBy(guests.filter(isNew), ({ after }) => after!.householdId);
	const ids = new Set([...households.map(({ id }) => id), ...added.keys()]);
	const grown = [...ids].map((householdId) => ({
		householdId,
		guestIds: (added.get(householdId) ?? []).map(({ id }) => id),
		tagIds: joined.get(householdId) ?? []
	}));
	const news = grown.filter(({ guestIds, tagIds }) => guestIds.length + tagIds.length > 0);
	if (news.length > 0) await announce(viewer, 'households.grew', { households: news }, tx);
}

function isSameSet(one: string[], other: string[]): boolean {
	return new Set(one).symmetricDifference(new Set(other)).size === 0;
}

/** Whether any of these households was invited, or has come in. */
export async function areInvited(viewer: Viewer, households: string[], tx: Tx): Promise<boolean> {
	permit(viewer, 'people:edit');
	const where = { weddingId: viewer.weddingId, id: { in: households } };
	const found = await tx.household.count({
		where: {
			...where,
			OR: [{ invitedAt: { not: null } }, { openedAt: { not: null } }, { messages: { some: {} } }]
		}
	});
	return found > 0;
}
