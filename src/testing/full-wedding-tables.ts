import { randomBytes, randomUUID } from 'node:crypto';

type Key = 'weddingId' | 'dinner' | 'riet' | 'wim' | 'home' | 'other' | 'family' | 'anna';

/** A plan with a table at which one of the guests sits, and what the couple wishes for it. */
export function tableRows(
	{ weddingId, dinner: eventId, riet, wim, ...more }: Record<Key, string>,
	time: Date
) {
	const [plan, garden, table] = [randomUUID(), randomUUID(), randomUUID()];
	const { home, other: otherHome, family: tagId, anna: accountId } = more;
	const place = { x: 300, y: 200, rotation: 15 };
	const seat = { guestId: riet, tableId: table, number: 2, isLocked: true };
	const wish = { weddingId, eventId, createdAt: time };
	return {
		Plan: [
			{
				...{ id: plan, weddingId, eventId, name: 'The barn', isChosen: true, width: 1200, height: 900 },
				...{ version: 7, createdAt: time }
			},
			{
				...{ id: garden, weddingId, eventId, name: 'The garden', width: 800, height: 800 },
				...{ removedAt: time, createdAt: time }
			}
		],
		Fixture: [
			{
				id: randomUUID(),
				weddingId,
				planId: plan,
				kind: 'door',
				name: 'Out',
				...place,
				width: 90,
				height: 20
			}
		],
		SeatingTable: [
			{
				...{ id: table, weddingId, planId: plan, number: 3, name: 'The lake', shape: 'head', seats: 5 },
				...{ ...place, isLocked: true }
			}
		],
		Seat: [{ ...seat, planId: plan, weddingId, eventId }],
		FreedSeat: [{ planId: plan, guestId: wim, weddingId, tableNumber: 3, freedAt: time }],
		SeatingChange: [
			{
				...{ id: randomUUID(), weddingId, planId: plan, accountId, before: [], after: [seat] },
				...{ isUndone: true, createdAt: time }
			},
			// whoever is erased stood before it
			{ id: randomUUID(), weddingId, planId: plan, before: [seat], after: [], createdAt: time }
		],
		SeatingProposal: [
			{
				...{ id: randomUUID(), weddingId, planId: plan, mode: 'improve', withSilent: true, seed: 4 },
				...{ state: 'ready', share: 1, holding: 2, wishes: 3, isStopping: true, basis: 'a digest' },
				...{ answer: { places: [{ guest: riet, table, seat: 2 }] }, createdAt: time }
			}
		],
		Wish: [
			{ ...wish, id: randomUUID(), kind: 'apart', isHard: true, guestId: riet, otherGuestId: wim },
			{ ...wish, id: randomUUID(), kind: 'near', householdId: home, otherHouseholdId: otherHome },
			{ ...wish, id: randomUUID(), kind: 'far', tagId, otherTagId: tagId },
			{ ...wish, id: randomUUID(), kind: 'at', householdId: otherHome, tableNumber: 3 }
		],
		SeatingNeed: [{ guestId: wim, weddingId, highChair: true, wheelchair: true }],
		SeatFinder: [{ eventId, weddingId, tokenHash: randomBytes(32), createdAt: time }],
		ShownTables: [{ eventId, weddingId, shownFrom: time, areCompanionsShown: true }]
	};
}
