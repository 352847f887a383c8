import * as trail from '../audit/trail.server.ts';
import { now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as facts from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as quota from '../mail/quota.server.ts';
import { STOPPED } from './chunks.server.ts';
import * as letters from './letters.server.ts';
import { goOn } from './outbox.server.ts';
import { type Counts, findState, foresee, type Forecast, type Run, type Service, type State } from './run.ts';

type Stored = Exclude<State, 'over'>;
type Row = Counts & { id: string; kind: string; state: Stored; createdAt: Date };

/** The newest first. */
export async function list(viewer: Viewer): Promise<Run[]> {
	permit(viewer, 'mail:send');
	const found = await rows<Row>('runs-list', `${SELECT} ${GROUP}`, [viewer.weddingId]);
	return complete(found);
}

/** Throws 404. */
export async function get(viewer: Viewer, id: string): Promise<Run> {
	permit(viewer, 'mail:send');
	const found = await rows<Row>('run-get', `${SELECT} AND r.id = $2::uuid ${GROUP}`, [viewer.weddingId, id]);
	if (found.length === 0) throw new Problem(404, 'not_found');
	return (await complete(found))[0]!;
}

const SELECT = `
	SELECT r.id, r.kind, r.state, r.created_at AS "createdAt", count(d.id)::int AS total,
		(count(*) FILTER (WHERE d.state < 'unsure'))::int AS waiting,
		(count(*) FILTER (WHERE d.state >= 'sent'))::int AS sent,
		(count(*) FILTER (WHERE d.state >= 'bounced'))::int AS returned,
		(count(*) FILTER (WHERE d.state = 'skipped'))::int AS skipped,
		(count(*) FILTER (WHERE d.state = 'failed'))::int AS failed,
		(count(*) FILTER (WHERE d.state = 'unsure'))::int AS unsure
	FROM run r LEFT JOIN message m ON m.run_id = r.id LEFT JOIN delivery d ON d.message_id = m.id
	WHERE r.wedding_id = $1::uuid`;
const GROUP = 'GROUP BY r.id ORDER BY r.id DESC';

async function complete(found: Row[]): Promise<Run[]> {
	const service = found.some(({ waiting }) => waiting > 0) ? await findService() : { size: 1, pace: 0 };
	return found.map(({ id, kind, state, createdAt, ...counts }) => ({
		...{ id, kind, title: letters.nameRun(kind), state: findState(state, counts), createdAt, counts },
		forecast: foresee(counts.waiting, service)
	}));
}

/** How so many more mails would go out, behind those that wait already. */
export async function forecast(viewer: Viewer, count: number): Promise<Forecast> {
	permit(viewer, 'mail:send');
	return foresee(count, await findService());
}

async function findService(): Promise<Service> {
	const day = await quota.findDay();
	// the clocks of two machines differ by less than half a minute
	const reset = day && new Date(Math.round(((await now()).getTime() + day.seconds * 1000) / 60_000) * 60_000);
	return { ...(await quota.findPace()), ...(day && { day: { requests: day.requests, reset: reset! } }) };
}

/** What is with the mail service this very moment leaves all the same. */
export function pause(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	return change(viewer, id, async ({ state }, tx) => {
		if (state !== 'running') return;
		await become(viewer, id, 'paused', tx);
	});
}

export function resume(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	return change(viewer, id, async ({ state }, tx) => {
		if (state !== 'paused') return;
		await become(viewer, id, 'running', tx);
		await goOn(id, 0, tx);
	});
}

/** For good: those that wait are skipped. */
export function stop(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	return change(viewer, id, async ({ state }, tx) => {
		if (state === 'stopped') return;
		await tx.delivery.updateMany({ where: { message: { runId: id }, state: 'queued' }, data: STOPPED });
		await become(viewer, id, 'stopped', tx);
	});
}

/** Those that may have left go out once more, also where the run was stopped or waits since a restore. */
export function retryUnsure(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	return change(viewer, id, async (_, tx) => {
		const where = { message: { runId: id }, state: 'unsure' as const };
		const { count } = await tx.delivery.updateMany({ where, data: { state: 'queued', reason: null } });
		if (count === 0) return;
		await become(viewer, id, 'running', tx);
		await goOn(id, 0, tx);
	});
}

/** Those that may have left are left at that. */
export function leaveUnsure(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	return change(viewer, id, async (_, tx) => {
		const where = { message: { runId: id }, state: 'unsure' as const };
		const { count } = await tx.delivery.updateMany({ where, data: { state: 'skipped', reason: 'left' } });
		if (count > 0) await trail.record(viewer, 'run.left', { id, count }, tx);
	});
}

/** One at a time, and none between a chunk's claim and its rows. Throws 404. */
function change(
	viewer: Viewer,
	id: string,
	act: (run: { state: Stored }, tx: Tx) => Promise<void>
): Promise<void> {
	return transaction(async (tx) => {
		const lock = 'SELECT state FROM run WHERE id = $1::uuid AND wedding_id = $2::uuid FOR NO KEY UPDATE';
		const [run] = await rows<{ state: Stored }>('run-change', lock, [id, viewer.weddingId], tx);
		if (!run) throw new Problem(404, 'not_found');
		await act(run, tx);
		await facts.announce(viewer, 'run.moved', { id }, tx);
	});
}

async function become(viewer: Viewer, id: string, state: Stored, tx: Tx): Promise<void> {
	await tx.run.update({ where: { id }, data: { state } });
	await trail.record(viewer, `run.${state}`, { id }, tx);
}

/** Differs whenever anything has come further. */
export async function version(viewer: Viewer): Promise<string> {
	permit(viewer, 'mail:send');
	const [found] = await rows<{ version: string }>(
		'runs-version',
		`SELECT coalesce(string_agg(state || count, ' ' ORDER BY state), '') AS version FROM (
			SELECT r.state || '/' || d.state AS state, count(*) FROM run r
			JOIN message m ON m.run_id = r.id JOIN delivery d ON d.message_id = m.id
			WHERE r.wedding_id = $1::uuid GROUP BY 1
		) AS counts`,
		[viewer.weddingId]
	);
	return found!.version;
}
