import { rows, type Tx } from '../kernel/db/db.server.ts';
import { canSeal, unseal } from '../kernel/db/sealed.server.ts';
import { Problem } from '../kernel/problem.ts';
import { digest } from '../kernel/token.ts';
import { dietOf } from './diets.server.ts';
import * as given from './given.server.ts';
import * as places from './places.server.ts';
import type { Replies, Sheet, SheetGuest } from './reply.ts';
import * as stored from './stored.server.ts';

/** One at a time answers for a household. */
export async function hold(weddingId: string, householdId: string, tx: Tx): Promise<void> {
	const text = 'SELECT 1 FROM household WHERE id = $1::uuid AND wedding_id = $2::uuid FOR NO KEY UPDATE';
	await rows('household-lock', text, [householdId, weddingId], tx);
}

/** What a household is asked and has answered, as it is in this transaction. Throws 404. */
export async function read(weddingId: string, householdId: string, tx: Tx): Promise<Sheet> {
	const found = await readUncounted(weddingId, householdId, tx);
	return { ...found, places: await countPlaces(weddingId, householdId, found, tx) };
}

/** The same without the places: who asks for one counts them at the end. */
export async function readUncounted(weddingId: string, householdId: string, tx: Tx): Promise<Sheet> {
	const found = await stored.read(weddingId, householdId, tx);
	if (!found) throw new Problem(404, 'household_not_found');
	const invited = found.guests.filter(({ asked }) => asked.length > 0);
	const guests = invited.map(show);
	const events = found.events.map((event) => ({
		...event,
		guests: invited.filter(({ asked }) => asked.includes(event.id)).map(show)
	}));
	const replies: Replies = {};
	for (const { id: guestId, replies: given } of invited)
		for (const { eventId, state, mealId } of given)
			(replies[eventId] ??= {})[guestId] = { state, mealId: mealId ?? undefined };

	const diets = canSeal() ? Object.fromEntries(invited.map(readDiet)) : null;
	const said = { song: found.song ?? '', message: found.message ?? '' };
	const asked = events.map(({ id, guests }) => [id, ...guests.map((guest) => guest.id)]);
	const hosts = invited.filter(({ isBrought }) => !isBrought).map(({ id }) => id);
	const allowed = hosts.length > 0 ? found.plusOnes : 0;
	const brought = { allowed, hosts, guests: found.guests.filter(({ isBrought }) => isBrought).map(show) };
	const more = given.match(found, { id: householdId, name: found.name, events, guests });
	const versioned = [asked, replies, diets, said, given.sumUp(more), brought.guests];
	return {
		...{ events, guests, replies, diets, brought, ...more, ...said },
		...{ places: {}, waits: pickWaits(events, replies, found.waits) },
		version: digest(JSON.stringify(versioned)).toString('base64url'),
		answeredAt: found.answeredAt,
		answeredBy: found.answeredBy,
		onBehalfBy: found.onBehalfBy ?? '',
		...judgeDeadlines(found)
	};
}

/** Most weddings have room for all, and ask nothing here. */
async function countPlaces(weddingId: string, householdId: string, { events }: Sheet, tx: Tx) {
	const limited = events.filter(({ capacity }) => capacity !== null).map(({ id }) => id);
	if (limited.length === 0) return {};
	const counted = Object.entries(await places.count(weddingId, limited, householdId, tx));
	return Object.fromEntries(counted.map(([id, left]) => [id, Math.max(0, left)]));
}

function pickWaits(events: Sheet['events'], replies: Replies, all: stored.Stored['waits']): Sheet['waits'] {
	const isWaiting = (id: string) => Object.values(replies[id] ?? {}).some(({ state }) => state === 'waiting');
	const limited = events.filter(({ id, capacity }) => capacity !== null || isWaiting(id));
	const own = all.filter(({ eventId }) => limited.some(({ id }) => id === eventId));
	return Object.fromEntries(own.map(({ eventId, ...wait }) => [eventId, wait]));
}

const show = ({ id, name, isChild }: SheetGuest): SheetGuest => ({ id, name, isChild });

function readDiet({ id, diet }: stored.StoredGuest): [guestId: string, text: string] {
	return [id, diet ? unseal(Buffer.from(diet, 'base64'), dietOf(id)) : ''];
}

function judgeDeadlines({ answersUntil, detailsUntil, now }: stored.Stored) {
	const isOpen = !answersUntil || now < answersUntil;
	return {
		...{ answersUntil, detailsUntil, isOpen },
		areDetailsOpen: isOpen || (detailsUntil !== null && now < detailsUntil)
	};
}
