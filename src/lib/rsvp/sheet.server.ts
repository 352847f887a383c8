import { now, rows, type Tx } from '../kernel/db/db.server.ts';
import { canSeal, unseal } from '../kernel/db/sealed.server.ts';
import { Problem } from '../kernel/problem.ts';
import { digest } from '../kernel/token.ts';
import { dietOf } from './diets.server.ts';
import type { Event } from './event.ts';
import * as given from './given.server.ts';
import * as places from './places.server.ts';
import type { Replies, Sheet } from './reply.ts';
import type { Wait } from './waiting.ts';

/** One at a time answers for a household. */
export async function hold(weddingId: string, householdId: string, tx: Tx): Promise<void> {
	const text = 'SELECT 1 FROM household WHERE id = $1::uuid AND wedding_id = $2::uuid FOR NO KEY UPDATE';
	await rows('household-lock', text, [householdId, weddingId], tx);
}

/** What a household is asked and has answered, as it is in this transaction. Throws 404. */
export async function read(weddingId: string, householdId: string, tx: Tx): Promise<Sheet> {
	const household = await tx.household.findUnique({
		where: { id: householdId, weddingId },
		include: {
			rsvp: { include: { guest: { select: { name: true } } } },
			guests: {
				orderBy: [{ position: 'asc' }, { id: 'asc' }],
				include: { invitations: true, replies: true, diet: true }
			}
		}
	});
	if (!household) throw new Problem(404, 'household_not_found');
	const { rsvp, guests: all } = household;
	const guests = all.filter(({ invitations }) => invitations.length > 0);
	const found = await tx.event.findMany({
		where: { weddingId, invitations: { some: { guest: { householdId } } } },
		include: { meals: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } },
		orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
	});
	const events = found.map((event) => ({
		...(event as unknown as Event),
		guests: guests
			.filter(({ invitations }) => invitations.some(({ eventId }) => eventId === event.id))
			.map(show)
	}));
	const replies: Replies = {};
	for (const { id: guestId, replies: given } of guests)
		for (const { eventId, state, mealId } of given)
			(replies[eventId] ??= {})[guestId] = { state, mealId: mealId ?? undefined };

	const diets = canSeal()
		? Object.fromEntries(guests.map(({ id, diet }) => [id, diet ? unseal(diet.sealed, dietOf(id)) : '']))
		: null;
	const said = { song: rsvp?.song ?? '', message: rsvp?.message ?? '' };
	const asked = events.map(({ id, guests }) => [id, ...guests.map((guest) => guest.id)]);
	const isBrought = ({ plusOneOfId }: { plusOneOfId: string | null }) => plusOneOfId !== null;
	const hosts = guests.filter((guest) => !isBrought(guest)).map(({ id }) => id);
	const allowed = hosts.length > 0 ? household.plusOnes : 0;
	const brought = { allowed, hosts, guests: all.filter(isBrought).map(show) };
	const { id, name } = household;
	const more = await given.read(weddingId, { id, name, events, guests: guests.map(show) }, tx);
	const stored = [asked, replies, diets, said, given.sumUp(more), brought.guests];
	return {
		...{ events, guests: guests.map(show), replies, diets, brought, ...more, ...said },
		...(await findPlaces(weddingId, householdId, { events, replies }, tx)),
		version: digest(JSON.stringify(stored)).toString('base64url'),
		answeredAt: rsvp?.answeredAt ?? null,
		answeredBy: rsvp?.guest?.name ?? null,
		onBehalfBy: rsvp?.onBehalfBy ?? '',
		...(await findDeadlines(weddingId, rsvp?.answersUntil ?? null, tx))
	};
}

/** Most weddings have room for all, and ask nothing here. */
async function findPlaces(
	weddingId: string,
	householdId: string,
	{ events, replies }: Pick<Sheet, 'events' | 'replies'>,
	tx: Tx
) {
	const isWaiting = ({ id }: Event) =>
		Object.values(replies[id] ?? {}).some(({ state }) => state === 'waiting');
	const limited = events.filter((event) => event.capacity !== null || isWaiting(event)).map(({ id }) => id);
	if (limited.length === 0) return { places: {}, waits: {} };
	const found = await rows<Wait & { eventId: string }>(
		'waits-own',
		`SELECT event_id AS "eventId", comes_in_part AS "comesInPart",
			CASE WHEN offered_until > now() THEN offered_places END AS "offeredPlaces",
			CASE WHEN offered_until > now() THEN offered_until END AS "offeredUntil"
		FROM wait WHERE household_id = $1::uuid AND event_id = ANY($2::uuid[])`,
		[householdId, limited],
		tx
	);
	const waits: Sheet['waits'] = Object.fromEntries(found.map(({ eventId, ...wait }) => [eventId, wait]));
	return { places: await places.count(weddingId, limited, householdId, tx), waits };
}

const show = ({ id, name, isChild }: { id: string; name: string; isChild: boolean }) => ({
	id,
	name,
	isChild
});

async function findDeadlines(weddingId: string, own: Date | null, tx: Tx) {
	const general = await tx.deadline.findUnique({ where: { weddingId } });
	const answersUntil = own ?? general?.answersUntil ?? null;
	const detailsUntil = general?.detailsUntil ?? null;
	const time = await now(tx);
	const isOpen = !answersUntil || time < answersUntil;
	return {
		...{ answersUntil, detailsUntil, isOpen },
		areDetailsOpen: isOpen || (detailsUntil !== null && time < detailsUntil)
	};
}
