import * as trail from '../audit/trail.server.ts';
import { db, now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { announce } from '../live/announce.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as copies from './copies.server.ts';
import { MOST_PLANS, type Plan, type PlanLine, type PlannedEvent } from './plan.ts';
import type { PlanDetails } from './plan.schema.ts';

/** Of one that was removed: whether it can still be put back. */
export const RESTORABLE = `(removed_at > now() - interval '1 day')`;

const EVENTS = `
	SELECT e.id, e.name, e.starts_at AS "startsAt",
		count(i.guest_id) FILTER (WHERE r.state = 'yes')::int AS coming,
		count(i.guest_id) FILTER (WHERE r.state IS NULL)::int AS silent
	FROM event e LEFT JOIN invitation i ON i.event_id = e.id
	LEFT JOIN reply r ON r.event_id = i.event_id AND r.guest_id = i.guest_id
	WHERE e.wedding_id = $1::uuid GROUP BY e.id ORDER BY e.starts_at, e.id`;

const PLANS = `
	SELECT id, event_id AS "eventId", name, is_chosen AS "isChosen", width, height, version,
		(SELECT count(*)::int FROM seating_table WHERE plan_id = p.id) AS tables,
		(SELECT coalesce(sum(seats), 0)::int FROM seating_table WHERE plan_id = p.id) AS seats,
		(SELECT count(*)::int FROM seat WHERE plan_id = p.id) AS seated
	FROM plan p WHERE wedding_id = $1::uuid AND removed_at IS NULL ORDER BY is_chosen DESC, created_at, id`;

/** Every event of the day with its plans, the chosen one first. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<PlannedEvent[]> {
	permit(viewer, 'tables:read');
	const asked = [viewer.weddingId];
	const events = await rows<Omit<PlannedEvent, 'plans'>>('plans-events', EVENTS, asked, tx);
	const plans = await rows<PlanLine>('plans-list', PLANS, asked, tx);
	return events.map((event) => ({ ...event, plans: plans.filter(({ eventId }) => eventId === event.id) }));
}

export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Plan> {
	permit(viewer, 'tables:read');
	const where = { id, weddingId: viewer.weddingId, removedAt: null };
	const omit = { weddingId: true, removedAt: true, createdAt: true } as const;
	const plan = await tx.plan.findUnique({ where, omit });
	if (!plan) throw new Problem(404, 'plan_not_found');
	return plan;
}

/** The first of its event is the chosen one. */
export function add(
	viewer: Viewer,
	{ eventId, ...details }: PlanDetails & { eventId: string }
): Promise<string> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const event = await tx.event.findUnique({ where: { id: eventId, weddingId } });
		if (!event) throw new Problem(404, 'event_not_found');
		const isChosen = !(await expectRoom(weddingId, eventId, tx));
		const { id } = await tx.plan.create({ data: { ...details, weddingId, eventId, isChosen } });
		await tell(viewer, 'plan.added', id, tx);
		return id;
	});
}

/** With its room, its tables and who sits there, to try something. */
export function copy(viewer: Viewer, id: string, name: string): Promise<string> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const { eventId, width, height } = await get(viewer, id, tx);
		await expectRoom(weddingId, eventId, tx);
		const { id: made } = await tx.plan.create({ data: { weddingId, eventId, name, width, height } });
		await copies.fill(id, made, tx);
		await tell(viewer, 'plan.copied', made, tx);
		return made;
	});
}

export function edit(viewer: Viewer, id: string, details: PlanDetails): Promise<void> {
	permit(viewer, 'tables:edit');
	return change(viewer, id, 'plan.edited', async (_, tx) => {
		await tx.plan.update({ where: { id, weddingId: viewer.weddingId }, data: details });
	});
}

/** It counts from now on, and no other of its event. */
export function choose(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'tables:edit');
	return change(viewer, id, 'plan.chosen', ({ eventId }, tx) =>
		choosePlan(viewer.weddingId, { id, eventId }, tx)
	);
}

async function choosePlan(weddingId: string, { id, eventId }: { id: string; eventId: string }, tx: Tx) {
	await tx.plan.updateMany({ where: { weddingId, eventId, isChosen: true }, data: { isChosen: false } });
	await tx.plan.update({ where: { id, weddingId }, data: { isChosen: true } });
}

/** For a day it can be put back. Where it was the chosen one, the oldest of the others is. */
export function remove(viewer: Viewer, id: string): Promise<{ id: string; name: string }> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return change(viewer, id, 'plan.removed', async ({ eventId, name, isChosen }, tx) => {
		const data = { removedAt: await now(tx), isChosen: false };
		await tx.plan.update({ where: { id, weddingId }, data });
		const where = { weddingId, eventId, removedAt: null };
		const next = isChosen && (await tx.plan.findFirst({ where, orderBy: { createdAt: 'asc' } }));
		if (next) await choosePlan(weddingId, next, tx);
		return { id, name };
	});
}

export function restore(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const gone = await tx.plan.findUnique({ where: { id, weddingId } });
		if (!gone) throw new Problem(404, 'plan_not_found');
		const isChosen = !(await expectRoom(weddingId, gone.eventId, tx));
		await tx.plan.update({ where: { id, weddingId }, data: { removedAt: null, isChosen } });
		await tell(viewer, 'plan.restored', id, tx);
	});
}

/** How many its event has. Throws 409 where there is no room for one more. */
async function expectRoom(weddingId: string, eventId: string, tx: Tx): Promise<number> {
	const count = await tx.plan.count({ where: { weddingId, eventId, removedAt: null } });
	if (count >= MOST_PLANS) throw new Problem(409, 'plans_many');
	return count;
}

/** One at a time changes something in a plan, and pages that show it hear of it. */
export function change<Result>(
	viewer: Viewer,
	id: string,
	action: string,
	act: (plan: Plan, tx: Tx) => Promise<Result>
): Promise<Result> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const result = await act(await get(viewer, id, tx), tx);
		await tx.plan.update({ where: { id, weddingId }, data: { version: { increment: 1 } } });
		await tell(viewer, action, id, tx);
		return result;
	});
}

async function tell(viewer: Viewer, action: string, id: string, tx: Tx): Promise<void> {
	await trail.record(viewer, action, { id }, tx);
	await announce(viewer.weddingId, 'seating', tx);
}

/** Another one whenever a plan has changed, or an answer that is seen on it. It says nothing else to helpers, who hear it. */
export async function version(viewer: Viewer): Promise<string> {
	permit(viewer, 'tables:read');
	const [found] = await rows<{ version: string }>(
		'seating-version',
		`SELECT md5(concat_ws('.', (SELECT coalesce(sum(version), 0) FROM plan WHERE wedding_id = $1::uuid),
			(SELECT count(*) FROM seat WHERE wedding_id = $1::uuid),
			(SELECT coalesce(sum(extract(epoch FROM answered_at) * 1000), 0)::bigint FROM rsvp WHERE wedding_id = $1::uuid)
		)) AS version`,
		[viewer.weddingId]
	);
	return found!.version;
}
