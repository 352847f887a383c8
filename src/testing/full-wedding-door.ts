import { randomBytes, randomUUID } from 'node:crypto';

type Here = { weddingId: string; eventId: string; guestId: string; at: (minute: number) => Date };

/** Phones at the entrance: one that is let in by its link, and one that was shut out. */
export function phoneRows({ weddingId, at }: Here) {
	const phone = { weddingId, tokenHash: randomBytes(32), expiresAt: at(90), createdAt: at(80) };
	const ended = { enteredAt: at(81), heardAt: at(85), endedAt: at(86), tokenHash: randomBytes(32) };
	return [
		{ ...phone, id: randomUUID(), name: 'Front door' },
		{ ...phone, id: randomUUID(), name: 'Back door', ...ended }
	];
}

/** What was noted there: a guest, somebody who was not on the list, and that this was a mistake. */
export function arrivalRows({ weddingId, eventId, guestId, at }: Here, phoneId: string) {
	const walkIn = { id: randomUUID(), kind: 'in', walkInId: randomUUID(), walkInName: 'A cousin' };
	const here = { weddingId, eventId, receivedAt: at(84), phoneId };
	return [
		{ ...here, id: randomUUID(), kind: 'in', guestId, happenedAt: at(82), place: 41 },
		{ ...here, ...walkIn, happenedAt: at(83), place: 42 },
		{ ...here, id: randomUUID(), kind: 'undo', undoesId: walkIn.id, happenedAt: at(84), place: 43 }
	];
}
