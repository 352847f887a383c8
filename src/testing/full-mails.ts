import { randomBytes, randomUUID } from 'node:crypto';

type Of = {
	weddingId: string;
	/** the id of the delivery to Riet */
	letter: string;
	riet: { id: string; name: string; email: string; home: string };
	anna: string;
	tomsHome: string;
};

/** Long ago, so that it is nobody's default. */
const at = (minute: number) => new Date(Date.UTC(2020, 4, 2, 11, minute, 7, 89));

/** The outbox of a wedding with rows in every table: one came back, one has left, one waits. */
export function mails({ weddingId, letter, riet, anna, tomsHome }: Of) {
	const [toRiet, toAnna, toTom] = [randomUUID(), randomUUID(), randomUUID()];
	const message = { weddingId, kind: 'invitation', language: 'nl', createdAt: at(20), sendAfter: at(21) };
	const [runId, chunkId, reminderId] = [randomUUID(), randomUUID(), randomUUID()];
	const payload = { to: riet.name };
	const delivery = (messageId: string, address: string) => ({
		...{ id: randomUUID(), weddingId, messageId, address, channel: 'post' }
	});
	const mailingId = randomUUID();
	const mailing = {
		weddingId,
		subject: { nl: 'Later' },
		text: { nl: 'Om acht uur' },
		audience: { to: 'everybody' }
	};
	return {
		Mailing: [
			{
				...{ ...mailing, id: mailingId, kind: 'invitation', state: 'sent', runId, accountId: anna },
				...{ sentAt: at(19), createdAt: at(18) }
			},
			{
				...{ ...mailing, id: randomUUID(), kind: 'news', failure: 'mailing_nobody' },
				...{ sendAt: at(25), removedAt: at(26), createdAt: at(24) }
			}
		],
		PersonalLine: [
			{ mailingId, householdId: riet.home, weddingId, text: `For ${riet.name}` },
			{ mailingId, householdId: tomsHome, weddingId, text: 'Bring the dog' }
		],
		Run: [{ id: runId, weddingId, kind: 'invitation', state: 'stopped', createdAt: at(19) }],
		Chunk: [
			{
				...{ id: chunkId, weddingId, runId, handedAt: at(22), lookAt: at(23) },
				...{ deliveryIds: [letter], bulkId: 'bulk' }
			}
		],
		Message: [
			{ ...message, id: toRiet, runId, payload, householdId: riet.home, guestId: riet.id },
			{ ...message, id: toAnna, accountId: anna },
			{ ...message, id: toTom, householdId: tomsHome }
		],
		Delivery: [
			{
				...{ ...delivery(toRiet, riet.email), id: letter, name: riet.name },
				...{ state: 'bounced', reason: 'no such mailbox', sentAt: at(22), providerId: letter, chunkId }
			},
			{ ...delivery(toAnna, 'anna@example.org'), state: 'sent' },
			{ ...delivery(toTom, 'tom@example.org'), state: 'queued' }
		],
		Reminder: [{ id: reminderId, weddingId, daysBefore: 3, time: '10:00', plannedAt: at(23) }],
		Reminded: [{ id: randomUUID(), weddingId, reminderId, householdId: tomsHome, sentAt: at(24) }],
		Suppression: [
			{
				...{ weddingId, address: riet.email, reason: 'complained', category: 'all' },
				...{ createdAt: at(23), liftedAt: at(24) }
			},
			{ weddingId, address: 'tom@example.org', reason: 'unsubscribed', category: 'news', createdAt: at(23) }
		],
		UnsubscribeLink: [
			{ token: randomBytes(32).toString('base64url'), weddingId, address: riet.email, createdAt: at(23) }
		],
		LoginRequest: [{ messageId: toAnna, weddingId, nonceHash: randomBytes(32), next: '/rsvp' }]
	};
}
