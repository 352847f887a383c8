import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import { isolated } from '../i18n/isolated.ts';
import { sortByName } from '../i18n/order.ts';
import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import type { News } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { enumerate } from '../people/guest.ts';
import * as plans from './plans.server.ts';
import { type Candidate, findTyped, MOST_WISHES, type NamedWish, type Side } from './wish.ts';
import type { NewWish } from './wish.schema.ts';

const name = { select: { name: true } } as const;
const include = {
	...{ guest: name, household: name, tag: name },
	...{ otherGuest: name, otherHousehold: name, otherTag: name }
} as const;

/** All of an event, the oldest first. */
export async function list(viewer: Viewer, eventId: string, tx: Tx = db): Promise<NamedWish[]> {
	permit(viewer, 'tables:read');
	const where = { eventId, weddingId: viewer.weddingId };
	const found = await tx.wish.findMany({ where, include, orderBy: { id: 'asc' } });
	return found.map(({ id, kind, isHard, tableNumber, ...sides }) => {
		const { guest, household, tag, otherGuest, otherHousehold, otherTag } = sides;
		const other = sideOf(sides.otherGuestId, sides.otherHouseholdId, sides.otherTagId);
		return {
			...{ id, kind, isHard, tableNumber, other },
			side: sideOf(sides.guestId, sides.householdId, sides.tagId)!,
			name: (guest ?? household ?? tag)!.name,
			otherName: (otherGuest ?? otherHousehold ?? otherTag)?.name ?? ''
		};
	});
}

function sideOf(guestId: string | null, householdId: string | null, tagId: string | null): Side | null {
	if (guestId) return { guestId };
	if (householdId) return { householdId };
	return tagId ? { tagId } : null;
}

/** Whom a wish of an event can be about: who is asked to it, their households, and the groups. */
export async function listCandidates(viewer: Viewer, eventId: string, tx: Tx = db): Promise<Candidate[]> {
	permit(viewer, 'tables:read');
	const { weddingId } = viewer;
	const asked = { invitations: { some: { eventId } } };
	const guests = await tx.guest.findMany({ where: { weddingId, ...asked }, include: { household: true } });
	const tags = await tx.tag.findMany({ where: { weddingId } });
	const homes = new Map(guests.map(({ household }) => [household.id, household]));
	const count = Map.groupBy(guests, (guest) => guest.name);
	return [
		...sortByName(guests, (guest) => guest.name).map(({ id, name, household }): Candidate => {
			const isOne = count.get(name)!.length === 1;
			return {
				kind: 'guest',
				id,
				name,
				label: isOne ? name : m.wish_guest_of({ name, household: household.name })
			};
		}),
		...sortByName([...homes.values()], (home) => home.name)
			// who lives alone is one
			.filter((home) => guests.filter(({ householdId }) => householdId === home.id).length > 1)
			.map(({ id, name }): Candidate => ({ kind: 'household', id, name, label: m.wish_household({ name }) })),
		...sortByName(tags, (tag) => tag.name).map(({ id, name }): Candidate => {
			return { kind: 'tag', id, name, label: m.wish_group({ name }) };
		})
	];
}

/** Throws 409 for a name that nobody has, or several. */
export function add(viewer: Viewer, planId: string, typed: NewWish): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return plans.change(viewer, planId, 'wish.added', async ({ eventId }, tx) => {
		if ((await tx.wish.count({ where: { weddingId, eventId } })) >= MOST_WISHES)
			throw new Problem(409, 'wishes_many', { most: MOST_WISHES });
		const all = await listCandidates(viewer, eventId, tx);
		const { kind, isHard } = typed;
		const one = pick(all, 'one', typed.one);
		const other = kind === 'at' ? null : pick(all, 'other', typed.other);
		if (other && other.id === one.id && (kind !== 'together' || one.kind === 'guest'))
			throw new Problem(409, 'wish_same', { name: isolated(one.name) });
		const column = ({ kind, id }: Candidate) => ({ [`${kind}Id`]: id });
		const otherColumn = ({ kind, id }: Candidate) => ({
			[{ guest: 'otherGuestId', household: 'otherHouseholdId', tag: 'otherTagId' }[kind]]: id
		});
		const data = { weddingId, eventId, kind, isHard, ...column(one), ...(other && otherColumn(other)) };
		await tx.wish.create({ data: { ...data, tableNumber: kind === 'at' ? typed.table : null } });
	});
}

/** Said at the field, for `field` is in it as it was typed. */
function pick(all: Candidate[], field: 'one' | 'other', typed: string): Candidate {
	const found = findTyped(all, typed);
	if (found.length === 1) return found[0]!;
	if (found.length === 0) throw new Problem(409, 'wish_nobody', { [field]: typed, typed: isolated(typed) });
	const names = enumerate(
		found.slice(0, 8).map(({ label }) => isolated(label)),
		getLocale()
	);
	throw new Problem(409, 'wish_several', { [field]: typed, typed: isolated(typed), names });
}

export function remove(viewer: Viewer, planId: string, id: string): Promise<void> {
	permit(viewer, 'tables:edit');
	return plans.change(viewer, planId, 'wish.removed', async ({ eventId }, tx) => {
		await tx.wish.deleteMany({ where: { id, eventId, weddingId: viewer.weddingId } });
	});
}

/** A wish for the one group is for the other from now on. */
export async function merge(viewer: Viewer, { id, into }: News['tag.merged'], tx: Tx): Promise<void> {
	permit(viewer, 'people:edit');
	await rows(
		'wishes-merge-tags',
		`UPDATE wish SET tag_id = CASE WHEN tag_id = $2::uuid THEN $3::uuid ELSE tag_id END,
			other_tag_id = CASE WHEN other_tag_id = $2::uuid THEN $3::uuid ELSE other_tag_id END
		WHERE wedding_id = $1::uuid AND $2::uuid IN (tag_id, other_tag_id)`,
		[viewer.weddingId, id, into],
		tx
	);
}
