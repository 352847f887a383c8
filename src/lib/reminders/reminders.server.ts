import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as calls from '../rsvp/calls.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { MOST_REMINDERS, type Call, type Reminder } from './reminder.ts';
import type { NewReminder } from './reminder.schema.ts';
import * as silent from './silent.server.ts';

/** The first to go first. */
export function list(viewer: Viewer): Promise<Reminder[]> {
	permit(viewer, 'reminders:edit');
	return rows<Reminder>(
		'reminders-list',
		`SELECT r.id, r.days_before AS "daysBefore", r.time, due.at AS "dueAt",
			due.at IS NOT NULL AND (due.at < greatest(now(), r.planned_at) OR due.at >= d.answers_until) AS "isPast",
			count(s.id)::int AS sent, max(s.sent_at) AS "sentAt"
		FROM reminder r JOIN wedding w ON w.id = r.wedding_id LEFT JOIN deadline d ON d.wedding_id = r.wedding_id
		CROSS JOIN LATERAL (SELECT ${dueBefore('d.answers_until')} AS at) due
		LEFT JOIN reminded s ON s.reminder_id = r.id
		WHERE r.wedding_id = $1::uuid
		GROUP BY r.id, due.at, d.answers_until ORDER BY r.days_before DESC, r.time`,
		[viewer.weddingId]
	);
}

/** The moment of reminder `r` for whoever can answer until then, by the clock of wedding `w`. */
export function dueBefore(until: string): string {
	return `((${until} AT TIME ZONE w.time_zone)::date - r.days_before + r.time::time) AT TIME ZONE w.time_zone`;
}

/** Throws 409 for one that there is already, and where there are enough. */
export async function plan(viewer: Viewer, { daysBefore, time }: NewReminder): Promise<void> {
	permit(viewer, 'reminders:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const planned = await tx.reminder.findMany({ where: { weddingId } });
		if (planned.length >= MOST_REMINDERS) throw new Problem(409, 'reminders_full');
		if (planned.some((one) => one.daysBefore === daysBefore && one.time === time))
			throw new Problem(409, 'reminder_known');
		const { id } = await tx.reminder.create({ data: { weddingId, daysBefore, time } });
		await trail.record(viewer, 'reminder.planned', { id, daysBefore, time }, tx);
	});
}

/** Whoever had it keeps it. Gives back what `plan` takes, for whoever wants it back. Throws 404. */
export async function remove(viewer: Viewer, id: string): Promise<NewReminder> {
	permit(viewer, 'reminders:edit');
	const where = { id, weddingId: viewer.weddingId };
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const found = await tx.reminder.findUnique({ where });
		if (!found) throw new Problem(404, 'not_found');
		await tx.reminder.delete({ where });
		await trail.record(viewer, 'reminder.removed', { id }, tx);
		return { daysBefore: found.daysBefore, time: found.time };
	});
}

/** What would happen if one went now: how many get it, and whom to call. */
export async function look(viewer: Viewer): Promise<{ names: string[]; calls: Call[] }> {
	permit(viewer, 'reminders:edit');
	const { reached, others } = await silent.part(viewer, db);
	const due = others.map(({ id, name, phone, calledAt, guests }) => ({
		...{ id, name, phone, calledAt },
		guests: guests.filter(({ isSilent }) => isSilent).map((guest) => guest.name)
	}));
	return {
		names: reached.map(({ name }) => name),
		// those who were called stand behind the others
		calls: [...due.filter(({ calledAt }) => !calledAt), ...due.filter(({ calledAt }) => calledAt)]
	};
}

/** Ticks a household off the list of calls, or takes that back. Throws 404. */
export function tick(viewer: Viewer, householdId: string, isCalled: boolean): Promise<void> {
	permit(viewer, 'reminders:edit');
	return transaction((tx) => calls.mark(viewer, { householdId, isCalled }, tx));
}
