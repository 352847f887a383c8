import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import * as outbox from '../outbox/outbox.server.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import { enumerate, findAddressees } from '../people/guest.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { dueBefore } from './reminders.server.ts';
import { IS_SILENT } from './silent.server.ts';

/** Reminders whose moment has come. */
export const sending: Queue<'reminders.send'> = {
	name: 'reminders.send',
	cron: '* * * * *',
	runsAtStart: true,
	async work() {
		const text = 'SELECT DISTINCT wedding_id AS id FROM reminder ORDER BY wedding_id';
		for (const { id } of await rows<{ id: string }>('weddings-reminding', text, [], db))
			await transaction((tx) => sendDue(id, tx));
	}
};

type Due = { reminderId: string; householdId: string };

async function sendDue(weddingId: string, tx: Tx): Promise<void> {
	await weddings.hold(weddingId, tx);
	const due = await rows<Due>('reminders-due', DUE, [weddingId], tx);
	const reminderOf = new Map(due.map(({ householdId, reminderId }) => [householdId, reminderId]));
	const households = await tx.household.findMany({
		where: { weddingId, id: { in: [...reminderOf.keys()] } },
		include: { guests: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } },
		orderBy: [{ name: 'asc' }, { id: 'asc' }]
	});
	const suppressed = await suppressions.find(weddingId, tx);
	const letters = households.flatMap(({ id: householdId, language, guests }) =>
		findAddressees(guests).map(({ address, guestId, names }) => ({
			...{ weddingId, kind: 'reminder' as const, address, name: enumerate(names, language), language },
			...{ householdId, guestId }
		}))
	);
	const drafts = letters.filter(({ address }) => !suppressed(address, 'reminders'));
	if (drafts.length === 0) return;
	const reached = [...new Set(drafts.map(({ householdId }) => householdId))];
	await tx.reminded.createMany({
		data: reached.map((householdId) => ({
			...{ weddingId, householdId, reminderId: reminderOf.get(householdId)! }
		}))
	});
	await outbox.start(weddingId, drafts, tx);
}

/**
 * Who is silent now that the moment has come, at most a day ago, by their own deadline. Not whoever was first written to
 * in the two days before it, and nobody twice in a day.
 */
const DUE = `
	SELECT DISTINCT ON (h.id) r.id AS "reminderId", h.id AS "householdId"
	FROM reminder r JOIN wedding w ON w.id = r.wedding_id JOIN household h ON h.wedding_id = w.id
	LEFT JOIN rsvp a ON a.household_id = h.id LEFT JOIN deadline d ON d.wedding_id = w.id
	CROSS JOIN LATERAL (SELECT coalesce(a.answers_until, d.answers_until) AS until) can
	CROSS JOIN LATERAL (SELECT ${dueBefore('can.until')} AS at) due
	WHERE w.id = $1::uuid AND can.until > now()
		AND due.at BETWEEN greatest(r.planned_at, now() - interval '1 day') AND now()
		AND least(h.invited_at, h.opened_at, h.card_given_at) < due.at - interval '2 days'
		AND ${IS_SILENT}
		AND NOT EXISTS (
			SELECT FROM reminded s WHERE s.household_id = h.id
			AND (s.reminder_id = r.id OR s.sent_at > now() - interval '1 day')
		)
	ORDER BY h.id, r.days_before`;
